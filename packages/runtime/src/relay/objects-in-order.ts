import type { Held } from "../share/held.ts";
import { byVersion } from "../watch/versions.ts";

type Objects = readonly Held<Uint8Array>[];

/** Of each collection, as it came and by version. */
const sortedLast = new WeakMap<object, { readonly came: Objects; readonly sorted: Objects }>();

/**
 * All objects of a collection, the oldest version first, so that what is told of them ascends too. Readers who come while nothing changes
 * share one array: when a proxy starts anew, all its pages come at once. `entries` stands for the collection.
 */
export function objectsInOrder(entries: object, came: Objects): Objects {
  const last = sortedLast.get(entries);
  if (last !== undefined && last.came.length === came.length && last.came.every((one, at) => one === came[at])) {
    return last.sorted;
  }
  const sorted = came.toSorted(byVersion);
  sortedLast.set(entries, { came, sorted });
  return sorted;
}
