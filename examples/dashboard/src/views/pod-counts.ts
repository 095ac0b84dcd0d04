import { useMemo } from "preact/hooks";
import { pods } from "../live/collections.ts";
import type { Mood } from "../status/mood.ts";
import { podState } from "../status/pod-state.ts";

/** How many pods of a namespace are in which mood. */
export interface PodCounts extends Readonly<Record<Mood, number>> {
  readonly all: number;
}

/** The counts by namespace. */
export function usePodCounts(namespace: string | undefined): ReadonlyMap<string, PodCounts> {
  const { items } = pods.use(namespace);
  return useMemo(() => {
    const counts = new Map<string, Record<Mood | "all", number>>();
    for (const pod of items) {
      const { namespace } = pod.metadata;
      let count = counts.get(namespace);
      if (count === undefined) counts.set(namespace, (count = { all: 0, good: 0, busy: 0, bad: 0, idle: 0 }));
      count.all++;
      count[podState(pod).mood]++;
    }
    return counts;
  }, [items]);
}
