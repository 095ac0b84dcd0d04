import { isTest, type Rule } from "./repo.ts";
import { syntaxOf } from "./syntax.ts";

/** `any` switches the compiler off for whoever uses it; generated modules are held to this too. */
export const noAny: Rule = {
  name: "no any",
  check(repo) {
    const problems: string[] = [];
    for (const path of repo.paths) {
      if (!/\.tsx?$/.test(path) || isTest(path) || path.includes("/golden/")) continue;
      for (const line of syntaxOf(path, repo.text(path)).anys) problems.push(`${path}:${line}: any`);
    }
    return problems;
  },
};
