import { isDeepStrictEqual } from "node:util";

/** One place in which two answers differ, such as `body.status.phase`; positions in arrays are left out. */
export interface Differing {
  readonly at: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/** Where they do, outermost first. An answer that is missing on one side differs at "". */
export function differing(expected: unknown, found: unknown, at = ""): readonly Differing[] {
  if (isDeepStrictEqual(expected, found)) return [];
  if (!isContainer(expected) || !isContainer(found) || Array.isArray(expected) !== Array.isArray(found))
    return [{ at, expected, found }];
  if (Array.isArray(expected) && expected.length !== (found as unknown as readonly unknown[]).length)
    return [{ at, expected, found }];
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...keys].flatMap((key) => {
    const inner = Array.isArray(expected) ? at : at === "" ? key : `${at}.${key}`;
    return differing(expected[key], found[key], inner);
  });
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
