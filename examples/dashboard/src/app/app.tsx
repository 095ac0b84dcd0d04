import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { EventsView } from "../views/events.tsx";
import { NamespacesView } from "../views/namespaces.tsx";
import { NodesView } from "../views/nodes.tsx";
import { OverviewView } from "../views/overview.tsx";
import { PodsView } from "../views/pods.tsx";
import { WorkloadsView } from "../views/workloads.tsx";
import { Notices } from "./notices.tsx";
import { LazyPart } from "./lazy-part.tsx";
import { Navigation } from "./navigation.tsx";
import { go, useRoute } from "./navigate.ts";
import type { Route, View } from "./route.ts";
import { TopBar } from "./top-bar.tsx";

const views: Readonly<Record<View, (props: { readonly route: Route }) => JSX.Element>> = {
  overview: OverviewView,
  workloads: WorkloadsView,
  pods: PodsView,
  events: EventsView,
  nodes: NodesView,
  namespaces: NamespacesView,
};

const loadDetail = async () => (await import("../detail/detail.tsx")).Detail;

/** The whole page. */
export function App(): JSX.Element {
  const route = useRoute();
  const Shown = views[route.view];
  useEscape(route);
  useEffect(() => {
    document.title = `${route.open?.name ?? titleOf(route.view)} · Kubewright`;
  }, [route]);
  return (
    <div class={`app${route.open === undefined ? "" : " with-detail"}`}>
      <a class="skip" href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <TopBar route={route} />
      <Navigation route={route} />
      <main id="main" tabIndex={-1}>
        <Notices />
        <Shown key={route.view} route={route} />
      </main>
      {route.open !== undefined && (
        <LazyPart
          what="the details"
          load={loadDetail}
          draw={(Detail) => (
            <Detail
              key={`${route.open!.plural}/${route.open!.namespace}/${route.open!.name}`}
              route={route}
              open={route.open!}
            />
          )}
        />
      )}
    </div>
  );
}

function titleOf(view: View): string {
  return view.slice(0, 1).toUpperCase() + view.slice(1);
}

/** Without a step in the address, which says what is shown. */
function skipToMain(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}

/** Escape closes what is open, unless something else takes it. */
function useEscape({ open }: Route): void {
  useEffect(() => {
    if (open === undefined) return undefined;
    const close = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]") !== null) return;
      go({ open: undefined, tab: undefined });
    };
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [open]);
}
