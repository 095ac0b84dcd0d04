import fc from "fast-check";
import { expect, test } from "vitest";
import { typeOf } from "../knowledge/types.ts";
import { readNode } from "../request/json-node.ts";
import { decodingProblems } from "./decoding-problems.ts";
import { shaped, ShapeError } from "./shape.ts";

const places = [
  ["metadata"],
  ["metadata", "labels", "a"],
  ["metadata", "creationTimestamp"],
  ["metadata", "finalizers"],
  ["spec", "containers"],
  ["spec", "containers", 0, "ports", 0, "containerPort"],
  ["spec", "containers", 0, "livenessProbe", "httpGet", "port"],
  ["spec", "containers", 0, "resources", "limits", "cpu"],
  ["spec", "volumes", 0, "emptyDir"],
  ["spec", "hostNetwork"],
  ["nonsense"],
] as const;

function withValue(way: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = way;
  if (step === undefined) return value;
  return typeof step === "number" ? [withValue(rest, value)] : { [step]: withValue(rest, value) };
}

function fits(object: unknown): boolean {
  try {
    shaped(typeOf("v1", "Pod")!, object);
    return true;
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

test("an object takes the shape of its type, or the decoder says why not", () => {
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom("1Gi", "m", "1Qi", "2020-01-02T03:04:05Z", "2020-13-02T03:04:05Z", "80", 3e10, -1, ["a"], [{}]),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), values, (way, value) => {
      const object = withValue(way, value);
      const { error } = decodingProblems(typeOf("v1", "Pod")!, readNode(JSON.stringify(object)));
      expect(error === undefined).toBe(fits(object));
    }),
    { numRuns: 500 },
  );
});

test("errors name the struct, and structs within it that have no name in JSON", () => {
  const text = '{"metadata":{"name":"a"},"spec":{"volumes":[{"name":"a","hostPath":5}]}}';
  expect(decodingProblems(typeOf("v1", "Pod")!, readNode(text)).error).toBe(
    "json: cannot unmarshal number into Go struct field Volume.spec.volumes.VolumeSource.hostPath of type v1.HostPathVolumeSource",
  );
});
