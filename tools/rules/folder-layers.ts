import { isTest, type Repo, type Rule } from "./repo.ts";
import { syntaxOf } from "./syntax.ts";

/**
 * The folders below `src` of a room, layer by layer, the lowest first; "." are the files of `src` itself. A file imports from its own
 * folder and from lower layers, types too. A folder stands for what lies below it, unless that is listed by itself; folders joined
 * by "+" count as one.
 */
const layers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "packages/core": [
    // The generated kinds of meta/v1 stand on the marks of types, and types on them.
    ["gen+types"],
    ["errors"],
    ["input", "inspection"],
    ["bytes", "time", "selectors"],
    ["transport", "values"],
    ["codec"],
    ["request", "stream"],
    ["interceptors", "exec"],
    ["forward"],
    ["client"],
    ["discovery", "manifest"],
    ["objects"],
    ["cluster"],
    ["."],
  ],
  "packages/node": [
    ["settings"],
    ["dial", "kubeconfig", "observability"],
    ["dial/proxy"],
    ["transport+websocket"],
    ["credentials", "terminal", "forward"],
    ["."],
  ],
  "packages/protobuf": [["schema", "gen", "wire", "lazy"], ["decode", "encode"], ["codec"], ["."]],
  "packages/testing": [
    ["gen+knowledge"],
    ["exchange", "store"],
    ["access"],
    ["hooks"],
    ["sessions"],
    ["state"],
    ["request"],
    ["objects"],
    ["validation"],
    ["selectors"],
    ["strategies"],
    ["verbs"],
    ["subresources", "reviews", "controllers", "bootstrap"],
    ["answers"],
    ["discovery"],
    ["faults"],
    ["serving"],
    ["node"],
    ["."],
  ],
  "packages/runtime": [["watch"], ["share", "wait", "logs"], ["cache", "relay", "debug"], ["."]],
  "packages/proxy": [["request"], ["guard"], ["watch"], ["serving"], ["command"], ["."]],
  "packages/copy": [["outcome"], ["archive", "names"], ["local", "remote"], ["."]],
  "packages/browser": [["store"], ["ports", "events"], ["transport"], ["sharing"], ["."]],
};

export const folderLayers: Rule = {
  name: "folder layers",
  check: (repo) => Object.entries(layers).flatMap(([room, floors]) => breaches(repo, `${room}/src/`, floors)),
};

function breaches(repo: Repo, src: string, floors: readonly (readonly string[])[]): readonly string[] {
  const joined = (folder: string): string => floors.flat().find((name) => name.split("+").includes(folder)) ?? folder;
  const floorOf = (folder: string): number => floors.findIndex((names) => names.includes(joined(folder)));
  /** The nearest listed folder above a file. */
  const folderOf = (path: string): string | undefined => {
    const parts = path.slice(src.length).split("/").slice(0, -1);
    if (parts.length === 0) return floorOf(".") === -1 ? undefined : ".";
    for (; parts.length > 0; parts.pop()) if (floorOf(parts.join("/")) !== -1) return joined(parts.join("/"));
    return undefined;
  };
  const problems: string[] = [];
  for (const path of repo.paths) {
    if (!path.startsWith(src) || !path.endsWith(".ts") || isTest(path)) continue;
    const folder = folderOf(path);
    if (folder === undefined) {
      problems.push(`${path}: its folder has no layer in tools/rules/folder-layers.ts`);
      continue;
    }
    for (const { specifier, line } of syntaxOf(path, repo.text(path)).imports) {
      const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
      if (!specifier.startsWith(".") || !target.startsWith(src)) continue;
      const from = folderOf(target);
      if (from === undefined || from === folder || floorOf(from) < floorOf(folder)) continue;
      problems.push(`${path}:${line}: ${folder} may not import from ${from}, which is not below it`);
    }
  }
  return problems;
}
