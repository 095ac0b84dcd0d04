import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

// What core has for the packages of a platform, not for their users.
const forPlatforms = new Set([
  "createCluster",
  "createResends",
  "ResendBudget",
  "ResendReason",
  "Resends",
  "headerBytes",
  "headerProblem",
  "headerText",
  "intercept",
  "isLoopback",
  "nearest",
  "ownCredential",
  "parseYaml",
  "shownAs",
  "ConnectionNamespace",
  "ShownFields",
  "pause",
  "unlessAborted",
  "ClusterOptions",
  "impersonate",
  "metrics",
  "rateLimit",
  "retry",
  "retryMetrics",
]);

async function namesIn(file: string): Promise<Set<string>> {
  const text = await readFile(new URL(file, import.meta.url), "utf8");
  const names = new Set<string>();
  for (const [, list = ""] of text.matchAll(/export (?:type )?\{([^}]*)\}/g)) {
    for (const name of list.split(",")) if (name.trim() !== "") names.add(name.trim());
  }
  return names;
}

test("every name of core that users may need can be imported from kubewright", async () => {
  const [core, ours] = await Promise.all([namesIn("../../core/src/index.ts"), namesIn("./index.ts")]);
  expect(core.size).toBeGreaterThan(90);
  expect([...core].filter((name) => !ours.has(name) && !forPlatforms.has(name))).toEqual([]);
  expect([...forPlatforms].filter((name) => ours.has(name) || !core.has(name))).toEqual([]);
});

test("the names are there at run time", async () => {
  const root: Record<string, unknown> = await import("./index.ts");
  for (const name of ["connect", "isNotFound", "StatusError", "InputError"]) expect(root[name]).toBeTypeOf("function");
});
