import { isReady } from "@kubewright/core";
import type { JSX } from "preact";
import { hrefOf, type Route, type View } from "../app/route.ts";
import { events, nodes, pods } from "../live/collections.ts";
import { podState } from "../status/pod-state.ts";
import type { Mood } from "../status/mood.ts";
import { workloadState } from "../status/workload-state.ts";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { Attention } from "./attention.tsx";
import { subjectOf, toEventRow, useNewestFirst } from "./events.tsx";
import { Nothing } from "./nothing.tsx";
import { usePodCounts } from "./pod-counts.ts";
import { PodMosaic } from "./pod-mosaic.tsx";
import { mixText } from "./pod-mix.tsx";
import { useRows } from "./use-rows.ts";
import { ViewHead } from "./view-head.tsx";
import { useWorkloads } from "./workloads.tsx";

/** How the cluster is, at a glance. */
export function OverviewView({ route }: { readonly route: Route }): JSX.Element {
  const { namespace } = route;
  const snapshot = pods.use(namespace);
  const counts = [...usePodCounts(namespace)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return (
    <section class="view overview">
      <ViewHead title="Overview">{namespace === undefined ? "All namespaces" : namespace}</ViewHead>
      <div class="scroll">
        <Figures route={route} />
        <div class="panels">
          <div class="column">
            <section class="panel" aria-labelledby="mosaic-title">
              <h2 id="mosaic-title">Pods by namespace</h2>
              {snapshot.items.length === 0 && (
                <Nothing snapshot={snapshot} what="pods" namespace={namespace} search="" />
              )}
              <ul class="mosaics">
                {counts.map(([name, count]) => (
                  <li key={name}>
                    <a
                      class="mosaic-head"
                      href={hrefOf({ ...route, view: "pods", namespace: name, search: "", open: undefined })}
                    >
                      <strong>{name}</strong>
                      <span class="quiet">{mixText(count)}</span>
                    </a>
                    <PodMosaic route={route} namespace={name} items={snapshot.items} counts={count} />
                  </li>
                ))}
              </ul>
            </section>
            <Attention route={route} />
          </div>
          <Latest route={route} />
        </div>
      </div>
    </section>
  );
}

function Figures({ route }: { readonly route: Route }): JSX.Element {
  const { namespace } = route;
  const podItems = pods.use(namespace).items;
  const workloads = useWorkloads(namespace).items;
  const nodeItems = nodes.use(undefined).items;
  const standing = podItems.filter((pod) => podState(pod).mood !== "idle").length;
  const readyPods = podItems.filter((pod) => podState(pod).mood === "good").length;
  const wellWorkloads = workloads.filter((one) => ["good", "idle"].includes(workloadState(one).mood)).length;
  const readyNodes = nodeItems.filter((node) => isReady(node)).length;
  const troubled = podItems.filter((pod) => podState(pod).mood === "bad").length;
  return (
    <ul class="figures">
      <Figure route={route} view="pods" value={readyPods} of={standing} label="pods ready" />
      <Figure route={route} view="workloads" value={wellWorkloads} of={workloads.length} label="workloads well" />
      <Figure route={route} view="nodes" value={readyNodes} of={nodeItems.length} label="nodes ready" />
      <Figure route={route} view="pods" value={troubled} label="pods in trouble" mood={troubled > 0 ? "bad" : "good"} />
    </ul>
  );
}

interface FigureProps {
  readonly route: Route;
  readonly view: View;
  readonly value: number;
  readonly of?: number;
  readonly label: string;
  readonly mood?: Mood;
}

function Figure({ route, view, value, of, label, mood = value === of ? "good" : "busy" }: FigureProps): JSX.Element {
  return (
    <li>
      <a class={`figure ${mood}`} href={hrefOf({ ...route, view, open: undefined })}>
        <span class="figure-value">
          {value}
          {of !== undefined && <span class="figure-of"> of {of}</span>}
        </span>
        <span class="figure-label">{label}</span>
      </a>
    </li>
  );
}

/** How many of the last events are shown. */
const shown = 14;

function Latest({ route }: { readonly route: Route }): JSX.Element {
  const snapshot = events.use(route.namespace);
  const rows = useNewestFirst(useRows(snapshot.items, toEventRow, "")).slice(0, shown);
  const now = useNow();
  return (
    <section class="panel" aria-labelledby="latest-title">
      <h2 id="latest-title">
        Just now
        <a class="more" href={hrefOf({ ...route, view: "events", open: undefined })}>
          All events
        </a>
      </h2>
      {rows.length === 0 && <Nothing snapshot={snapshot} what="events" namespace={route.namespace} search="" />}
      <ol class="feed">
        {rows.map(({ event, time }) => {
          const subject = subjectOf(event);
          const { name = "" } = event.involvedObject;
          return (
            <li key={event.metadata.uid} class={event.type === "Warning" ? "bad" : undefined}>
              <span class="feed-time">{age(time, now)}</span>
              <span class="feed-text">
                <span class="feed-reason">{event.reason}</span>{" "}
                {subject === undefined ? name : <a href={hrefOf({ ...route, open: subject })}>{name}</a>}
                <span class="quiet feed-message">{event.message}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
