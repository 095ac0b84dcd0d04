import { isTest, roomOf, type Repo, type Rule } from "./repo.ts";
import { packageOf } from "./import-arrows.ts";
import { syntaxOf } from "./syntax.ts";

interface Dependencies {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Every package imported is a dependency of the room; tests and tools may also use those of the workspace's top. */
export const declaredImports: Rule = {
  name: "declared imports",
  check(repo) {
    const problems: string[] = [];
    const top = declared(repo, "package.json");
    for (const path of repo.paths) {
      if (!/\.tsx?$/.test(path) || path.includes("/golden/")) continue;
      const room = roomOf(path);
      const own = declared(repo, `${room}/package.json`);
      const shared = isTest(path) || !own.has(manifest) ? top : new Set<string>();
      for (const { specifier, line } of syntaxOf(path, repo.text(path)).imports) {
        if (specifier.startsWith(".") || specifier.startsWith("node:")) continue;
        const name = packageOf(specifier);
        if (own.has(name) || shared.has(name)) continue;
        problems.push(`${path}:${line}: ${name} is not a dependency of ${room === "" ? "the workspace" : room}`);
      }
    }
    return problems;
  },
};

/** Stands in the set of a room that has a package.json. */
const manifest = "package.json";

function declared(repo: Repo, path: string): ReadonlySet<string> {
  if (!repo.paths.includes(path)) return new Set();
  const { dependencies, devDependencies } = JSON.parse(repo.text(path)) as Dependencies;
  return new Set([manifest, ...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})]);
}
