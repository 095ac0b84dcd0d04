import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { inRoot } from "../lib/root.ts";
import { runNode, type RunResult } from "../lib/run.ts";
import { firstTest } from "./first-tests.ts";
import { programsFolder } from "./write-programs.ts";

const folder = programsFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runners: Readonly<Record<string, (file: string) => Promise<RunResult>>> = {
  vitest: (file) => {
    const config = join(folder, "vitest.config.ts");
    const conditions = ["kubewright-source", "node"];
    const ssr = { resolve: { conditions, externalConditions: conditions } };
    // The runner's own five seconds are few where everything is compiled from its sources, beside other tests.
    const settings = { resolve: { conditions }, ssr, test: { testTimeout: 60_000 } };
    writeFileSync(config, `export default ${JSON.stringify(settings)};`);
    return runNode(inRoot("node_modules", "vitest", "vitest.mjs"), ["run", "--config", config, "--root", folder, file]);
  },
  "node:test": (file) => runNode("--conditions=kubewright-source", ["--test", file]),
};

// That of Jest is run by the part toolchains, on the packed packages.
test.each(["vitest", "node:test"] as const)("the first test of docs/testing.md with %s passes", async (runner) => {
  const file = join(folder, "sky.test.ts");
  writeFileSync(file, firstTest(runner));
  const { code, output } = await runners[runner]!(file);
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/(Tests.*1 passed|pass 1)/) });
});

test.each(["vitest", "node:test", "jest"] as const)("that of %s takes ten lines", (runner) => {
  const lines = firstTest(runner)
    .split("\n")
    .filter((line) => line.trim() !== "");
  expect(lines).toHaveLength(10);
});
