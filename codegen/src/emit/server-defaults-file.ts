import { SpecError } from "../checks/problems.ts";
import type { ServerDefaults } from "../load/server-knowledge.ts";
import type { ServerTypes } from "../model/server-types.ts";
import { header } from "./print-module.ts";

// packages/testing/src/knowledge/default-rule.ts says what a rule means.

/** For packages/testing: what decoding fills in, by the place of each type in the table of types. */
export function serverDefaultsFile(defaults: ServerDefaults, { types, kinds }: ServerTypes, origin: string): string {
  const indexes = new Map(types.map(({ goName }, index) => [goName, index]));
  const found = new Map<number, readonly unknown[]>();
  const add = (goName: string | undefined, rules: readonly unknown[]): void => {
    const index = goName === undefined ? undefined : indexes.get(goName);
    if (index === undefined) throw new SpecError([`There are defaults of ${goName}, which no kind is made of`]);
    found.set(index, [...(found.get(index) ?? []), ...rules]);
  };
  // What holds in one kind only comes first, as what it sets is not missing then.
  for (const { group, version, kind, rules } of defaults.kinds) {
    add(kinds.get(`${group === "" ? "" : `${group}/`}${version} ${kind}`), rules);
  }
  for (const [goName, rules] of Object.entries(defaults.types)) add(goName, rules);
  const lines = [...found]
    .toSorted(([a], [b]) => a - b)
    .map(
      ([index, rules]) =>
        `  // ${types[index]!.goName}\n  ${index}: [\n${rules.map((rule) => `    ${JSON.stringify(rule)},\n`).join("")}  ],\n`,
    );
  return [
    header(origin),
    'import type { DefaultRule } from "../knowledge/default-rule.ts";\n',
    "/** By the place of the type in the table of types; in the order in which they are to be applied. */",
    `export const defaults: Readonly<Record<number, readonly DefaultRule[]>> = {\n${lines.join("")}};\n`,
  ].join("\n");
}
