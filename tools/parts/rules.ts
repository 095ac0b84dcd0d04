import { allRules } from "../rules/all.ts";
import { readRepo } from "../rules/repo.ts";
import { Checks, type Part, type PartResult } from "./part.ts";

/** The rules of the house, one check each. */
export const rules: Part = {
  name: "rules",
  budget: 10,
  run(): Promise<PartResult> {
    const checks = new Checks();
    const repo = readRepo();
    for (const rule of allRules) {
      const problems = rule.check(repo);
      if (problems.length === 0) checks.pass();
      else checks.fail(rule.name, problems.join("\n"));
    }
    return Promise.resolve(checks.result);
  },
};
