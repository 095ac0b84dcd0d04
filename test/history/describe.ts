import type { Span, State, View } from "./view.ts";

/** A state as messages name it: its version, the beginning of its uid, and its content's hash. */
export function describeState({ resourceVersion, uid, hash }: State): string {
  return `version ${resourceVersion} (uid ${uid.slice(0, 8)}, content ${hash})`;
}

/** All that ever happened to one key, one after the other. */
export function describeSpans(spans: readonly Span[], view: View): string {
  const parts = spans.flatMap(({ from, state }) =>
    from === 0 ? [] : [state === undefined ? `none from ${view.versions[from]}` : describeState(state)],
  );
  return parts.length === 0 ? "none" : parts.join(", ");
}
