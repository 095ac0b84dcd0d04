import { isGenerated, sources, type Repo, type Rule } from "./repo.ts";
import { syntaxOf } from "./syntax.ts";

/** No file imports itself by a detour. Imports of types are erased and may go in circles. */
export const importCycles: Rule = {
  name: "import cycles",
  check(repo) {
    const graph = new Map(sources(repo).map((path) => [path, targets(repo, path)]));
    const problems: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): void => {
      const at = trail.indexOf(path);
      if (at !== -1) {
        problems.push([...trail.slice(at), path].join(" -> "));
        return;
      }
      if (done.has(path)) return;
      for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    return problems;
  },
};

function targets(repo: Repo, path: string): readonly string[] {
  return syntaxOf(path, repo.text(path))
    .imports.filter(({ specifier, typeOnly }) => specifier.startsWith(".") && !typeOnly)
    .map(({ specifier }) => new URL(specifier, `file:///${path}`).pathname.slice(1))
    .filter((target) => !isGenerated(target));
}
