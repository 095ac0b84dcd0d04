import { sources, type Rule } from "./repo.ts";
import { syntaxOf } from "./syntax.ts";

/** What others dictate: vitest wants the default export of its configuration, set-up and reporter files. */
const defaultExportWanted = new Set([
  "vitest.config.ts",
  "tools/vitest/reporter.ts",
  "tools/vitest/secrets-entry.ts",
  "test/controlplane/global-setup.ts",
]);

/** Named exports only, listed by hand; nothing that has to be compiled away. */
export const moduleStyle: Rule = {
  name: "no export *, default export, enum or namespace",
  check(repo) {
    const problems: string[] = [];
    for (const path of sources(repo)) {
      const { exports, enums, namespaces } = syntaxOf(path, repo.text(path));
      for (const { name, line } of exports) {
        if (name === undefined) problems.push(`${path}:${line}: export *: list the names`);
        if (name === "default" && !defaultExportWanted.has(path)) problems.push(`${path}:${line}: default export`);
      }
      for (const line of enums) problems.push(`${path}:${line}: enum`);
      for (const line of namespaces) problems.push(`${path}:${line}: namespace`);
    }
    return problems;
  },
};
