import type { JSX } from "preact";
import type { Mood } from "../status/mood.ts";
import type { PodCounts } from "./pod-counts.ts";

const moods: readonly (readonly [Mood, string])[] = [
  ["good", "ready"],
  ["busy", "on their way"],
  ["bad", "in trouble"],
  ["idle", "done"],
];

/** `12 ready, 1 in trouble`. */
export function mixText(counts: PodCounts): string {
  const parts = moods.filter(([mood]) => counts[mood] > 0).map(([mood, text]) => `${counts[mood]} ${text}`);
  return parts.length > 0 ? parts.join(", ") : "no pods";
}

/** A bar of how the pods of a namespace are, and how many there are. */
export function PodMix({ counts }: { readonly counts: PodCounts | undefined }): JSX.Element {
  if (counts === undefined) return <span class="faint">none</span>;
  return (
    <span class="mix">
      <span class="mix-bar" aria-hidden="true">
        {moods.map(([mood]) => counts[mood] > 0 && <i key={mood} class={mood} style={{ flexGrow: counts[mood] }} />)}
      </span>
      <span class="count" title={mixText(counts)}>
        {counts.all}
        <span class="unseen">, {mixText(counts)}</span>
      </span>
    </span>
  );
}
