import type { Rule } from "./repo.ts";
import { syntaxOf } from "./syntax.ts";

/** Group modules are literals and types: only then can a bundler drop those that are not used. */
export const pureGroups: Rule = {
  name: "generated groups are data",
  check(repo) {
    const problems: string[] = [];
    for (const path of repo.paths) {
      if (!/^packages\/(api|kubewright)\/src\/gen\/.*\.ts$/.test(path)) continue;
      for (const { line, what } of syntaxOf(path, repo.text(path)).code) problems.push(`${path}:${line}: ${what}`);
    }
    return problems;
  },
};
