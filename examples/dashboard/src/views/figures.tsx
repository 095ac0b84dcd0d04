import type { Snapshot } from "@kubewright/browser";
import { isReady } from "@kubewright/core";
import type { JSX } from "preact";
import { hrefOf, type Route, type View } from "../app/route.ts";
import { nodes, pods } from "../live/collections.ts";
import type { Mood } from "../status/mood.ts";
import { podState } from "../status/pod-state.ts";
import { workloadState } from "../status/workload-state.ts";
import { useWorkloads } from "./workloads.tsx";

/** The cluster in four numbers. */
export function Figures({ route }: { readonly route: Route }): JSX.Element {
  const allPods = pods.use(route.namespace);
  const standing = podsIn(allPods, ["good", "busy", "bad"]);
  const troubled = podsIn(allPods, ["bad"]);
  const workloads = useWorkloads(route.namespace);
  const allNodes = nodes.use(undefined);
  const well = workloads.items.filter((one) => ["good", "idle"].includes(workloadState(one).mood)).length;
  const ready = allNodes.items.filter((node) => isReady(node)).length;
  return (
    <ul class="figures">
      <Figure
        route={route}
        view="pods"
        label="pods ready"
        known={allPods.synced}
        value={podsIn(allPods, ["good"])}
        of={standing}
      />
      <Figure
        route={route}
        view="workloads"
        label="workloads well"
        known={workloads.synced}
        value={well}
        of={workloads.items.length}
      />
      <Figure
        route={route}
        view="nodes"
        label="nodes ready"
        known={allNodes.synced}
        value={ready}
        of={allNodes.items.length}
      />
      <Figure
        route={route}
        view="pods"
        label="pods in trouble"
        known={allPods.synced}
        value={troubled}
        mood={troubled > 0 ? "bad" : "good"}
      />
    </ul>
  );
}

function podsIn({ items }: Pick<Snapshot<Parameters<typeof podState>[0]>, "items">, moods: readonly Mood[]): number {
  return items.filter((pod) => moods.includes(podState(pod).mood)).length;
}

interface FigureProps {
  readonly route: Route;
  readonly view: View;
  readonly label: string;
  /** Whether the numbers are those of the cluster: not before all was read. */
  readonly known: boolean;
  readonly value: number;
  readonly of?: number;
  readonly mood?: Mood;
}

function Figure({ route, view, label, known, value, of, mood }: FigureProps): JSX.Element {
  return (
    <li>
      <a
        class={`figure ${known ? (mood ?? (value === of ? "good" : "busy")) : "idle"}`}
        href={hrefOf({ ...route, view, open: undefined })}
      >
        <span class="figure-value">
          {known ? value : "–"}
          {known && of !== undefined && <span class="figure-of"> of {of}</span>}
        </span>
        <span class="figure-label">{label}</span>
      </a>
    </li>
  );
}
