import { posix } from "node:path";
import { parseSync } from "oxc-parser";
import { handWrittenEntries } from "./exported-names.ts";
import { isGenerated, type Repo, type Rule } from "./repo.ts";

/** The least share of exported names and members with a docstring. */
const least = 0.98;

/** What users look up first: each needs an example. */
const needExample =
  /(^|\/)(connect|connectOnUse)$|^packages\/core\/src\/types\/capabilities\.ts\/(?!Namespaced\b)\w+\.(get|list|each|watch|create|update|modify|patch|apply|delete|deleteCollection|log|table|metadata)$/;

/** Something that users see: an exported name, or a member of one. */
export interface Documented {
  /** Such as `packages/core/src/types/options.ts/GetOptions.resourceVersion`. */
  readonly where: string;
  readonly line: number;
  /** Its docstring; undefined where it has none. */
  readonly docstring: string | undefined;
}

/** Editors show docstrings where the code is written; for most users they are the documentation. */
export const docstrings: Rule = {
  name: "docstrings",
  check(repo) {
    const entries = handWrittenEntries().map(({ path }) => path);
    const { problems, summary } = judge(documentedIn(repo, entries));
    console.log(summary);
    return problems;
  },
};

/** Too few docstrings, or a missing example, are breaches; `summary` says what is covered. */
export function judge(all: readonly Documented[]): { readonly problems: readonly string[]; readonly summary: string } {
  const missing = all.filter(({ docstring }) => !/\w/.test((docstring ?? "").replace(/@.*/s, "")));
  const share = all.length === 0 ? 1 : 1 - missing.length / all.length;
  const problems = all
    .filter(({ where, docstring }) => needExample.test(where) && !docstring?.includes("@example"))
    .map(({ where, line }) => `${where}:${line}: no @example`);
  if (share < least) problems.push(...missing.map(({ where, line }) => `${where}:${line}: no docstring`));
  const summary = `docstrings: ${all.length - missing.length} of ${all.length} exported names and members (${(share * 100).toFixed(1)} %)`;
  return { problems, summary };
}

/** Every name that the entries export, with its members; names that other packages declare are counted there. */
export function documentedIn(repo: Repo, entries: readonly string[]): readonly Documented[] {
  const found = new Map<string, Documented>();
  for (const entry of entries) {
    if (!repo.paths.includes(entry)) continue;
    for (const [name, path] of declarationsOf(repo, entry)) {
      if (isGenerated(path)) continue;
      for (const one of declared(repo, path, name)) found.set(one.where, one);
    }
  }
  return [...found.values()];
}

/** The names that an entry exports and the file of each. */
function declarationsOf(repo: Repo, entry: string): readonly (readonly [string, string])[] {
  const { module } = parseSync(entry, repo.text(entry));
  return module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, exportName }): [string, string][] => {
      const name = importName.name ?? exportName.name;
      if (name === null || name === undefined) return [];
      if (moduleRequest === null) return [[name, entry]];
      if (!moduleRequest.value.startsWith(".")) return [];
      return [[name, posix.join(posix.dirname(entry), moduleRequest.value)]];
    }),
  );
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

interface Named extends Node {
  readonly name?: string;
}

function declared(repo: Repo, path: string, name: string): readonly Documented[] {
  const text = repo.text(path);
  const { program, comments } = parseSync(path, text);
  const docstringBefore = (start: number): string | undefined =>
    comments.find(
      ({ type, value, end }) =>
        type === "Block" && value.startsWith("*") && end <= start && text.slice(end, start).trim() === "",
    )?.value;
  const at = (where: string, { start }: Node): Documented => ({
    where: `${path}/${where}`,
    line: text.slice(0, start).split("\n").length,
    docstring: docstringBefore(start),
  });
  const all: Documented[] = [];
  for (const statement of program.body as unknown as readonly Node[]) {
    const node = (statement["declaration"] as Node | null | undefined) ?? statement;
    const ids = [node, ...((node["declarations"] as readonly Node[] | undefined) ?? [])].map(({ id }) => id as Named);
    if (!ids.some((id) => id?.name === name)) continue;
    all.push(at(name, statement));
    for (const member of membersOf(node)) all.push(at(`${name}.${(member["key"] as Named).name}`, member));
  }
  // Of overloads, one explains all.
  const byName = new Map<string, Documented>();
  for (const one of all) {
    const before = byName.get(one.where);
    if (before?.docstring === undefined) byName.set(one.where, one);
  }
  return [...byName.values()];
}

const member = new Set([
  "TSPropertySignature",
  "TSMethodSignature",
  "PropertyDefinition",
  "MethodDefinition",
  "AccessorProperty",
]);

/** The members of an interface, a class or a type of fields that have a plain name and that others may use. */
function membersOf(node: Node): readonly Node[] {
  const body = (node["body"] ?? node["typeAnnotation"]) as Node | undefined;
  const list = (body?.["body"] ?? body?.["members"] ?? []) as readonly Node[];
  if (!Array.isArray(list) || node.type === "FunctionDeclaration") return [];
  return list.filter(
    (one) =>
      member.has(one.type) &&
      one["computed"] !== true &&
      // `name` of every error class says what the base class says.
      one["override"] !== true &&
      one["kind"] !== "constructor" &&
      one["accessibility"] !== "private" &&
      (one["key"] as Named).type === "Identifier",
  );
}
