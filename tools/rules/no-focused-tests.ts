import { sources, type Rule } from "./repo.ts";

const focused = /\b(?:test|it|describe|suite|bench)(?:\.[a-z]+)*\.(only|skip|todo)\b/i;

/** A test that cannot run here says so while running: test.skipIf(…), or context.skip("why"). */
export const noFocusedTests: Rule = {
  name: "no .only, .skip or .todo",
  check(repo) {
    const problems: string[] = [];
    for (const path of sources(repo)) {
      if (!path.endsWith(".test.ts") || path === "tools/rules/no-focused-tests.test.ts") continue;
      for (const [index, line] of repo.text(path).split("\n").entries()) {
        const found = focused.exec(line);
        if (found !== null) problems.push(`${path}:${index + 1}: .${found[1]}`);
      }
    }
    return problems;
  },
};
