import { compareResourceVersions } from "@kubewright/core";

// Aggregated APIs may have versions that are no numbers, or none at all; these do not compare.
const decimal = /^[1-9][0-9]*$/;

/** Whether version `a` is older than `b`; false where they do not compare. */
export function isOlder(a: string, b: string): boolean {
  return decimal.test(a) && decimal.test(b) && compareResourceVersions(a, b) < 0;
}

/** Whether version `a` is `b` or older; false where they do not compare. */
export function isUpTo(a: string, b: string): boolean {
  return decimal.test(a) && decimal.test(b) && compareResourceVersions(a, b) <= 0;
}

/** Sorts the oldest first; what does not compare stays as it is. */
export function byVersion(a: { readonly resourceVersion: string }, b: { readonly resourceVersion: string }): number {
  return isOlder(a.resourceVersion, b.resourceVersion) ? -1 : isOlder(b.resourceVersion, a.resourceVersion) ? 1 : 0;
}
