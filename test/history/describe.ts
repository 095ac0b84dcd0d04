import type { Span, State, View } from "./view.ts";

/** So many of the last states stand in a message. */
const shown = 8;

/** A state as messages name it: its version, its uid, and its content's hash. */
export function describeState({ resourceVersion, uid, hash }: State): string {
  return `version ${resourceVersion} (uid ${uid}, content ${hash})`;
}

/** All that ever happened to one key, one after the other. */
export function describeSpans(spans: readonly Span[], view: View): string {
  const parts = spans.flatMap(({ from, state }) =>
    from === 0 ? [] : [state === undefined ? `none from ${view.versions[from]}` : describeState(state)],
  );
  if (parts.length === 0) return "none";
  return [...(parts.length > shown ? ["…"] : []), ...parts.slice(-shown)].join(", ");
}
