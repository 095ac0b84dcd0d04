import type { Page } from "./pages.ts";

/** One fenced block of a page. */
export interface Block {
  /** What follows the language in the fence: a file's name, or `not run: why`. */
  readonly info: string;
  readonly language: string;
  readonly code: string;
  /** The line of its fence, counted from 0. */
  readonly line: number;
}

/** The blocks of a page made into one program, which keeps the page's line numbers. */
export interface Program {
  /** Such as docs/errors.md, or docs/coming-from-client-node.md (left). */
  readonly name: string;
  /** Undefined where there is nothing to run, or to compile. */
  readonly text: string;
}

/** Every fenced block, in order. */
export function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)(?: ([^\n]+))?\n(.*?)^```$/gms)].map((found) => {
    const [, language = "", info = "", code = ""] = found;
    return { language, info, code, line: text.slice(0, found.index).split("\n").length - 1 };
  });
}

/** Whether a block is only compiled, as its fence says (`ts not run: it needs a browser`). */
export function isNotRun({ info }: Block): boolean {
  return info.startsWith("not run: ");
}

/**
 * A page is one program: each block sees what the blocks before it declared, and may declare the same names anew, for it is a scope
 * within theirs. Imports go to the top, and every line stays where it is on the page, so that an error names the page's own line.
 */
export function programOf({ path, text }: Page, blocks: readonly Block[]): Program {
  const lines = text.split("\n").map(() => "");
  const imports = new Set<string>();
  let last = 0;
  for (const { code, line } of blocks) {
    const rest = code.replaceAll(/^import [^;]*;$/gm, (statement) => {
      for (const single of singleImports(statement)) imports.add(single);
      return statement.replaceAll(/[^\n]/g, "");
    });
    lines[line] += "{";
    for (const [index, shown] of rest.split("\n").entries()) {
      last = line + 1 + index;
      lines[last] = shown.replace(/^export (?=(async |abstract )?(class|function|const|let|interface|type) )/, "");
    }
  }
  lines[0] = `${[...imports].join(" ")} export {}; ${lines[0] ?? ""}`;
  lines[last] += "}".repeat(blocks.length);
  return { name: path, text: lines.join("\n") };
}

/** `import { a, type B } from "m"` as one import for each name, so that equal ones of several blocks are one. */
function singleImports(statement: string): readonly string[] {
  const [, type = "", names, from = ""] = /^import (type )?\{([^}]*)\} from ("[^"]*");$/.exec(statement) ?? [];
  if (names === undefined) return [statement.replaceAll(/\s+/g, " ")];
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((name) => `import { ${type}${name} } from ${from};`);
}

/** Blocks in two columns are two programs: what the left side declares is not there on the right. */
export function columnsOf(page: Page): readonly (readonly Block[])[] {
  const blocks = blocksOf(page.text).filter(({ language }) => language === "ts");
  if (!page.text.includes("<table>")) return [blocks];
  return [0, 1].map((side) => blocks.filter((_, index) => index % 2 === side));
}

/**
 * What a run of the blocks must print, in this order: what stands in a comment behind `console.log(…);`. A `…` there stands for
 * anything.
 */
export function printedBy(blocks: readonly Block[]): readonly RegExp[] {
  return blocks.flatMap(({ code }) =>
    [...code.matchAll(/\bconsole\.log\(.*\); \/\/ (.+)$/gm)].map(([, shown = ""]) => {
      const parts = shown.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return new RegExp(`^${parts.join(".*")}$`);
    }),
  );
}
