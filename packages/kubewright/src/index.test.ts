import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

// What core has for the packages of a platform, not for their users, beside what its entry says is for them.
const forPlatforms = new Set([
  "createCluster",
  "createResends",
  "ResendBudget",
  "ResendReason",
  "Resends",
  "intercept",
  "ownCredential",
  "ConnectionNamespace",
  "ClusterOptions",
  "impersonate",
  "metrics",
  "rateLimit",
  "retry",
  "retryMetrics",
]);

async function textOf(file: string): Promise<string> {
  return readFile(new URL(file, import.meta.url), "utf8");
}

function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, list = ""] of text.matchAll(/export (?:type )?\{([^}]*)\}/g)) {
    for (const name of list.split(",")) if (name.trim() !== "") names.add(name.trim());
  }
  return names;
}

test("every name of core and runtime that users may need can be imported from kubewright", async () => {
  const [core, runtime, own] = await Promise.all([
    textOf("../../core/src/index.ts"),
    textOf("../../runtime/src/index.ts"),
    textOf("./index.ts"),
  ]);
  const [forUsers = "", shared = ""] = core.split("// Helpers that the platform packages share");
  const ours = namesIn(own);
  const theirs = namesIn(forUsers);
  expect(theirs.size).toBeGreaterThan(90);
  expect([...theirs, ...namesIn(runtime)].filter((name) => !ours.has(name) && !forPlatforms.has(name))).toEqual([]);
  expect([...forPlatforms].filter((name) => ours.has(name) || !theirs.has(name))).toEqual([]);
  expect([...namesIn(shared)].filter((name) => ours.has(name))).toEqual([]);
});

test("the names are there at run time", async () => {
  const root: Record<string, unknown> = await import("./index.ts");
  for (const name of ["connect", "isNotFound", "StatusError", "InputError", "informer"])
    expect(root[name]).toBeTypeOf("function");
});
