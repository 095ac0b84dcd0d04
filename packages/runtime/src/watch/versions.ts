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
