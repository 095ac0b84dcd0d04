import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";
import { quote } from "../input/quote.ts";

function check(version: unknown): void {
  // One character class after a fixed start: linear time.
  if (typeof version !== "string" || !/^[1-9][0-9]*$/.test(version)) {
    throw new InputError(
      "resourceVersion",
      `${typeof version === "string" ? quote(version) : whatItIs(version)} is not a decimal number above zero without leading zeros, so it cannot be compared`,
    );
  }
}

/**
 * -1, 0 or 1, as version `a` is older than, the same as, or newer than `b`. Only versions of the same resource in the same
 * cluster compare. Versions may have any length and are never taken for a Number.
 * @throws InputError for what no live object has, `""` and `"0"` included, as CompareResourceVersion of k8s.io/apimachinery
 * pkg/util/resourceversion does.
 */
export function compareResourceVersions(a: string, b: string): -1 | 0 | 1 {
  check(a);
  check(b);
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
