import { globSync } from "node:fs";
import { tsc } from "../lib/run.ts";
import { root } from "../lib/root.ts";
import { Checks, type Part, type PartResult } from "./part.ts";
import { compileSnippets } from "../docs/compile-snippets.ts";

/** One check per tsconfig that only looks: each room, and once more without Node where sources must not see it. And the documentation's code. */
export const types: Part = {
  name: "types",
  budget: 60,
  async run(): Promise<PartResult> {
    const checks = new Checks();
    const queue = projects();
    const worker = async (): Promise<void> => {
      for (let project = queue.shift(); project !== undefined; project = queue.shift()) {
        checks.record(`tsc -p ${project}`, await tsc(["-p", project, "--pretty", "false"]));
      }
    };
    await Promise.all([worker(), worker()]);
    checks.record("the code of README.md, docs/ and the packages' pages", await compileSnippets());
    return checks.result;
  },
};

/** Every tsconfig of the repository that is neither a base nor for building. */
function projects(): string[] {
  const patterns = [
    "{codegen,openapi,tools,examples,test}/tsconfig.json",
    "packages/*/tsconfig{,.neutral}.json",
    "examples/*/tsconfig.json",
    "test/*/tsconfig.json",
  ];
  return globSync(patterns, { cwd: root, exclude: ["**/node_modules/**"] }).toSorted();
}
