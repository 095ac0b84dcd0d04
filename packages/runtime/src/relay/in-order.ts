import { byVersion, isUpTo } from "../watch/versions.ts";
import type { WaitingChange } from "./waiting-changes.ts";

/** A change as it comes; undefined stands for the version of what nobody saw. */
export type IncomingChange = Omit<WaitingChange, "resourceVersion"> & { readonly resourceVersion: string | undefined };

/** What came at once, in the order in which it is told. */
export interface InOrder {
  /**
   * What nobody saw, such as deletions that a list found, here or where the watch leads to. It comes first, with the version that was
   * known until then: whoever leaves with it, before being told all of it, will have to read anew.
   */
  readonly late: readonly WaitingChange[];
  /** By version. */
  readonly changes: readonly WaitingChange[];
}

/** Puts in order what came at once for whoever knows all up to the version `known`. */
export function inOrder(came: readonly IncomingChange[], known: string): InOrder {
  const late: WaitingChange[] = [];
  const changes: WaitingChange[] = [];
  for (const change of came) {
    const { type, resourceVersion } = change;
    if (resourceVersion === undefined || (type === "deleted" && isUpTo(resourceVersion, known)))
      late.push({ ...change, resourceVersion: known });
    else changes.push({ ...change, resourceVersion });
  }
  return { late, changes: changes.length > 1 ? changes.toSorted(byVersion) : changes };
}
