import { build } from "./build.ts";
import { docs } from "./docs.ts";
import { lint } from "./lint.ts";
import type { Part } from "./part.ts";
import { pack } from "./pack.ts";
import { rules } from "./rules.ts";
import { toolchains } from "./toolchains.ts";
import { types } from "./types.ts";
import { browser, conformance, embedded, faults, history, protobuf, real, streams, unit } from "./vitest.ts";

/** In the order they run: what is quick and says most comes first. */
export const allParts: readonly Part[] = [
  build,
  lint,
  rules,
  types,
  docs,
  pack,
  toolchains,
  unit,
  conformance,
  history,
  real,
  protobuf,
  faults,
  streams,
  embedded,
  browser,
];

/** The parts with these names, in the usual order; all of them for no name; a message for an unknown one. */
export function partsNamed(names: readonly string[]): readonly Part[] | string {
  const known = allParts.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) return `no such part: ${unknown.join(", ")}; there are ${known.join(", ")}`;
  return names.length === 0 ? allParts : allParts.filter(({ name }) => names.includes(name));
}
