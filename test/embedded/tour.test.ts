import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const tour = fileURLToPath(new URL("../../examples/tour/main.ts", import.meta.url));

async function run(...args: readonly string[]): Promise<{ readonly code: unknown; readonly output: string }> {
  const child = spawn(process.execPath, ["--conditions=kubewright-source", tour, ...args]);
  let output = "";
  child.stdout.on("data", (text) => (output += String(text)));
  child.stderr.on("data", (text) => (output += String(text)));
  const [code] = (await once(child, "close")) as [unknown];
  return { code, output };
}

test("npm run demo gives the tour on an API server of its own", async () => {
  const { code, output } = await run();
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching("The tour took") });
  expect([...output.matchAll(/^\d+\. (.*)$/gm)].map(([, title]) => title)).toEqual([
    "The cluster",
    "What it serves",
    "A namespace and a Deployment",
    "Its pods come up, watched live",
    "What one of them says",
    "A command in one of them",
    "A request to a port of it",
    "Lists",
    "Patches",
    "An informer keeps them at hand, waitFor waits for the rollout",
    "Updates, and a conflict",
    "And away with it",
  ]);
  expect(output).toMatch(/✓ 3 pods are ready/);
  expect(output).toMatch(/Z tick 3\n/);
  expect(output).toMatch(/✓ It counted 3 lines and ended with exit code 3/);
  expect(output).toMatch(/✓ 200 OK: it ticks/);
  expect(output).toMatch(/clock-0 {3}1\/1 {5}Running/);
  expect(output).toMatch(/✓ 2 replicas are available/);
  expect(output).toMatch(/isConflict\(error\): Conflict: /);
  expect(output.match(/npm run demo -- --real/g)).toHaveLength(2);
});

test("a place is chosen once", async () => {
  const { code, output } = await run("--real", "--kubeconfig", "x");
  expect({ code, output }).toEqual({ code: 1, output: "\ntake either --real or --kubeconfig FILE\n" });
});
