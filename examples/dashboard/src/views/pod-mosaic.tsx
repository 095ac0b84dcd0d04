import type { JSX } from "preact";
import { hrefOf, type Route } from "../app/route.ts";
import type { PodItem } from "../live/collections.ts";
import { podState } from "../status/pod-state.ts";
import type { PodCounts } from "./pod-counts.ts";
import { PodMix } from "./pod-mix.tsx";

interface PodMosaicProps {
  readonly route: Route;
  readonly namespace: string;
  readonly items: readonly PodItem[];
  readonly counts: PodCounts;
}

/** With more pods than this the single one says nothing. */
const most = 240;

/** A small stone for each pod of a namespace, or a bar where there are too many. */
export function PodMosaic({ route, namespace, items, counts }: PodMosaicProps): JSX.Element {
  if (counts.all > most) return <PodMix counts={counts} />;
  return (
    <div class="mosaic" aria-hidden="true">
      {items
        .filter(({ metadata }) => metadata.namespace === namespace)
        .map((pod) => {
          const { uid, name } = pod.metadata;
          const { mood, text } = podState(pod);
          const href = hrefOf({ ...route, open: { plural: "pods", namespace, name } });
          return <a key={uid} class={mood} href={href} tabIndex={-1} title={`${name}: ${text}`} />;
        })}
    </div>
  );
}
