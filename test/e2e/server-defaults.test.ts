import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, inject, test } from "vitest";
import { typeOf } from "../../packages/testing/src/knowledge/types.ts";
import { applyDefaults } from "../../packages/testing/src/objects/defaults.ts";
import { equalValues } from "../../packages/testing/src/objects/equal-values.ts";

const seed = Number(process.env["SEED"] ?? 1);
const each = Number(process.env["EACH"] ?? 50);

/** What is not done: times, and what version 1 of HorizontalPodAutoscaler keeps in annotations. */
const differences: readonly RegExp[] = [
  // Of ExternalName with external addresses.
  /^v1 Service spec\.externalTrafficPolicy$/,
  /^autoscaling\/v1 HorizontalPodAutoscaler metadata\.annotations/,
  /^resource\.k8s\.io\/\w+ \w+ .*\.timeAdded$/,
  /^resource\.k8s\.io\/v1beta1 \w+ .*\.count$/,
];

interface Case {
  readonly apiVersion: string;
  readonly kind: string;
  readonly given: Record<string, unknown>;
  readonly decoded: Record<string, unknown>;
}

test("defaults of random objects of every kind are those of the API server", async () => {
  const { binary } = inject("controlPlane");
  const child = spawn(binary, ["default-cases", String(seed), String(each)], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const kinds = new Set<string>();
  const wrong = new Map<string, unknown>();
  for await (const line of createInterface({ input: child.stdout })) {
    const { apiVersion, kind, given, decoded } = JSON.parse(line) as Case;
    kinds.add(`${apiVersion} ${kind}`);
    const type = typeOf(apiVersion, kind);
    if (type === undefined) throw new Error(`${apiVersion} ${kind} has no type`);
    const ours = structuredClone(given);
    applyDefaults(type, ours);
    for (const [path, value] of unlike({ ...ours, apiVersion, kind }, decoded)) {
      const where = `${apiVersion} ${kind} ${path}`;
      if (!differences.some((known) => known.test(where))) wrong.set(where, value);
    }
  }
  expect(await ended).toBe(0);
  expect(Object.fromEntries(wrong)).toEqual({});
  expect(kinds.size).toBeGreaterThan(90);
});

/** Where two values differ, and how. */
function unlike(a: unknown, b: unknown, path = ""): [path: string, both: unknown][] {
  if (equalValues(a, b)) return [];
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return [[path, { ours: a, real: b }]];
  const [ours, real] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(ours), ...Object.keys(real)])].flatMap((key) => {
    const inner = Array.isArray(a) ? `${path}[]` : path === "" ? key : `${path}.${key}`;
    return unlike(ours[key], real[key], inner);
  });
}
