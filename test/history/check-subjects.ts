import { checkAgainstList, checkDelivered, checkFinal, checkSamples } from "./checker.ts";
import type { Subjects } from "./subjects.ts";
import type { TrueHistory, TrueObject } from "./true-history.ts";
import { type View, viewOf } from "./view.ts";

/**
 * Holds all that follow a collection against its history and against a fresh list. What is wrong, each as a sentence. `whole`: whether a
 * cache must at each version be what the collection was; one that is told the newest of each object in order of versions, as a page that
 * is behind is, may lack a state of what changes again later.
 */
export function checkSubjects(
  { caches, told }: Subjects,
  history: TrueHistory,
  list: readonly TrueObject[],
  whole = true,
): string[] {
  const sentences: string[] = [];
  const views = new Map<unknown, View>();
  const seenBy = (selects: (object: TrueObject) => boolean): View => {
    const view = views.get(selects) ?? viewOf(history, selects);
    views.set(selects, view);
    return view;
  };
  for (const { who, selects, deliveries, resyncs, complete } of told) {
    for (const { kind, message } of checkDelivered(seenBy(selects), deliveries, { resyncs })) {
      if (complete || kind !== "lost") sentences.push(`${who}: ${kind}: ${message}`);
    }
  }
  for (const { who, selects, samples, objects, health } of caches) {
    const view = seenBy(selects);
    const found = [
      ...checkFinal(view, objects(), "the cache"),
      ...(whole ? checkSamples(view, samples) : []),
      ...checkAgainstList(objects(), list.filter(selects)),
    ];
    for (const { kind, message } of found) sentences.push(`${who}: ${kind}: ${message}`);
    const { state, error } = health();
    if (state !== "streaming") sentences.push(`${who}: ends as ${state}, ${error}`);
  }
  return sentences;
}
