import { entriesOf, publishedPackages } from "../lib/packages.ts";
import { isGenerated, type Repo, type Rule } from "./repo.ts";
import { syntaxOf } from "./syntax.ts";

/** Names by entry, such as "@kubewright/core" or "@kubewright/core/web"; a type is "type Name". */
export type ExportedNames = Readonly<Record<string, readonly string[]>>;

export interface EntryFile {
  readonly entry: string;
  readonly path: string;
}

const list = "tools/rules/exported-names.json";

/** A name that appears or goes is a decision: the list beside this file changes with it. */
export const exportedNames: Rule = {
  name: "exported names",
  check: (repo) => {
    const known = repo.paths.includes(list) ? (JSON.parse(repo.text(list)) as ExportedNames) : {};
    return compareNames(known, namesOf(repo, handWrittenEntries()));
  },
};

/** The list as it would be now. */
export function currentNames(repo: Repo): string {
  return `${JSON.stringify(namesOf(repo, handWrittenEntries()), null, 2)}\n`;
}

/** Generated modules are left out: the generator and the diff of its output decide those. */
export function handWrittenEntries(): readonly EntryFile[] {
  return publishedPackages().flatMap((pkg) =>
    entriesOf(pkg)
      .map(({ subpath, source }) => ({
        entry: `${pkg.manifest.name}${subpath.slice(1)}`,
        path: `${pkg.folder}/${source}`,
      }))
      .filter(({ path }) => !isGenerated(path)),
  );
}

export function namesOf(repo: Repo, entries: readonly EntryFile[]): ExportedNames {
  const names: Record<string, readonly string[]> = {};
  for (const { entry, path } of entries) {
    if (!repo.paths.includes(path)) continue;
    const found = syntaxOf(path, repo.text(path)).exports.map(
      ({ name, typeOnly }) => `${typeOnly ? "type " : ""}${name ?? "*"}`,
    );
    names[entry] = [...new Set(found)].toSorted();
  }
  return names;
}

export function compareNames(known: ExportedNames, current: ExportedNames): readonly string[] {
  const problems: string[] = [];
  for (const entry of [...new Set([...Object.keys(known), ...Object.keys(current)])].toSorted()) {
    const before = known[entry] ?? [];
    const now = current[entry] ?? [];
    const gone = before.filter((name) => !now.includes(name));
    const fresh = now.filter((name) => !before.includes(name));
    if (gone.length > 0) problems.push(`${entry}: gone: ${gone.join(", ")}`);
    if (fresh.length > 0) problems.push(`${entry}: new: ${fresh.join(", ")}`);
  }
  if (problems.length > 0) problems.push(`where this is meant: npm run rules -- --update writes ${list}`);
  return problems;
}
