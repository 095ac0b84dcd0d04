import { badRequest, invalidVersion } from "../exchange/refusal.ts";

const most = 2n ** 64n - 1n;

/** Of a list: see {@link versionOf}; what is no version is 400. */
export function listedVersion(resourceVersion: string): number | undefined {
  return versionOf(resourceVersion, (problem) => badRequest(`invalid resource version: ${problem}`));
}

/** Of a get or a watch, where the real server has forgotten to say that it is 400. */
export function readVersion(resourceVersion: string): number | undefined {
  return versionOf(resourceVersion, invalidVersion);
}

/** The number of a resourceVersion; undefined for none and for `0`, which ask for nothing particular. @throws what `refuse` makes */
function versionOf(text: string, refuse: (problem: string) => Error): number | undefined {
  if (text === "") return undefined;
  const isNumber = /^\d+$/.test(text);
  if (isNumber && BigInt(text) <= most) return Number(text) || undefined;
  const why = isNumber ? "value out of range" : "invalid syntax";
  const quoted = JSON.stringify(text);
  throw refuse(`resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: ${why}`);
}
