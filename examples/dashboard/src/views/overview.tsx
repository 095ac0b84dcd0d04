import type { JSX } from "preact";
import { hrefOf, type Route } from "../app/route.ts";
import { pods } from "../live/collections.ts";
import { Attention } from "./attention.tsx";
import { Figures } from "./figures.tsx";
import { Latest } from "./latest.tsx";
import { Nothing } from "./nothing.tsx";
import { usePodCounts } from "./pod-counts.ts";
import { PodMosaic } from "./pod-mosaic.tsx";
import { mixText } from "./pod-mix.tsx";
import { ViewHead } from "./view-head.tsx";

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
