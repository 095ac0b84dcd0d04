import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../app/icon.tsx";
import { hrefOf, type Opened, type Route } from "../app/route.ts";
import type { PodItem, WorkloadItem } from "../live/collections.ts";
import { Badge } from "../status/badge.tsx";
import type { State } from "../status/mood.ts";
import { podState } from "../status/pod-state.ts";
import { workloadState } from "../status/workload-state.ts";
import { explain } from "../text/explain.ts";
import { Actions } from "./actions.tsx";
import { type AnyObject, useFollowed } from "./followed.ts";
import { LogView } from "./log-view.tsx";
import { ObjectEvents } from "./object-events.tsx";
import { Summary } from "./summary.tsx";
import { YamlView } from "./yaml-view.tsx";

interface DetailProps {
  readonly route: Route;
  readonly open: Opened;
}

const tabs = { summary: "Summary", logs: "Logs", events: "Events", yaml: "YAML" } as const;
type Tab = keyof typeof tabs;

/** One object, beside the list it is from. */
export function Detail({ route, open }: DetailProps): JSX.Element {
  const { client, object, gone, error } = useFollowed(open);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    head.current?.focus();
    // Back to the row that led here.
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const shown = (Object.keys(tabs) as Tab[]).filter((tab) => tab !== "logs" || open.plural === "pods");
  const current = shown.find((tab) => tab === route.tab) ?? "summary";
  return (
    <aside class="detail" aria-label="Details">
      <header class="detail-head">
        <div class="detail-title">
          <p class="kind">{object?.kind ?? open.plural}</p>
          <h2 ref={head} tabIndex={-1}>
            {open.name}
          </h2>
          {object !== undefined && !gone && <StateOf object={object} />}
        </div>
        <a class="icon-button" href={hrefOf({ ...route, open: undefined, tab: undefined })} title="Close (Esc)">
          <Icon name="close" />
          <span class="unseen">Close the details</span>
        </a>
      </header>
      <div class="detail-bar">
        <nav class="tabs" aria-label="Sides of the object">
          {shown.map((tab) => (
            <a key={tab} href={hrefOf({ ...route, tab })} aria-current={tab === current ? "page" : undefined}>
              {tabs[tab]}
            </a>
          ))}
        </nav>
        {client !== undefined && object !== undefined && !gone && <Actions client={client} object={object} />}
      </div>
      {gone && (
        <p class="notice" role="status">
          {object === undefined ? "There is no such object, or no longer." : "It is gone. This is how it was last."}
        </p>
      )}
      {error !== undefined && (
        <p class="empty" role="alert">
          {explain(error, `read ${open.name}`)}
        </p>
      )}
      {object === undefined && !gone && error === undefined && <p class="empty reading">Reading {open.name} …</p>}
      {object !== undefined && <Side tab={current} route={route} object={object} />}
    </aside>
  );
}

function Side({
  tab,
  route,
  object,
}: {
  readonly tab: Tab;
  readonly route: Route;
  readonly object: AnyObject;
}): JSX.Element {
  switch (tab) {
    case "summary":
      return <Summary route={route} object={object} />;
    case "yaml":
      return <YamlView object={object} />;
    case "events":
      return <ObjectEvents object={object} />;
    default: {
      const { namespace = "", name } = object.metadata;
      const spec = object["spec"] as { readonly containers?: readonly { readonly name: string }[] } | undefined;
      return <LogView namespace={namespace} name={name} containers={(spec?.containers ?? []).map((one) => one.name)} />;
    }
  }
}

function StateOf({ object }: { readonly object: AnyObject }): JSX.Element | null {
  const state = stateOf(object);
  return state === undefined ? null : <Badge state={state} />;
}

function stateOf(object: AnyObject): State | undefined {
  switch (object.kind) {
    case "Pod":
      return podState(object as unknown as PodItem);
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return workloadState(object as unknown as WorkloadItem);
    default:
      return object.metadata.deletionTimestamp === undefined ? undefined : { mood: "busy", text: "Terminating" };
  }
}
