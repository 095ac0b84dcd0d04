import { readFileSync } from "node:fs";
import { join } from "node:path";

/** In which cell and at which place answers differ: a line of packages/testing/DIFFERENCES.md, or what was found. */
export interface Difference {
  readonly cell: string;
  /** As `differing` names it; what lies within is meant too. */
  readonly at: string;
}

const row = /^\| `(?<cell>[^`]+)` \| `(?<at>[^`]*)` \| \S/;

/** The rows of its table: `| cell | place | reason |`. */
export function listedDifferences(): readonly Difference[] {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "packages", "testing", "DIFFERENCES.md"), "utf8");
  return differencesIn(text);
}

/** Those of a text. */
export function differencesIn(text: string): readonly Difference[] {
  return text.split("\n").flatMap((line) => {
    const { cell, at } = row.exec(line)?.groups ?? {};
    return cell === undefined || at === undefined ? [] : [{ cell, at }];
  });
}

/** What no line lists, and which lines list what does not differ. */
export function compareWithList(
  listed: readonly Difference[],
  found: readonly Difference[],
): { readonly unlisted: readonly Difference[]; readonly idle: readonly Difference[] } {
  const means = (line: Difference, one: Difference): boolean =>
    line.cell === one.cell && (line.at === one.at || line.at === "" || one.at.startsWith(`${line.at}.`));
  return {
    unlisted: found.filter((one) => !listed.some((line) => means(line, one))),
    idle: listed.filter((line) => !found.some((one) => means(line, one))),
  };
}
