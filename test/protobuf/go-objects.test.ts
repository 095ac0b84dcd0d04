import { describe, expect, inject, test, vi } from "vitest";
import { decodeObjects, encodeObjects, encodeWritten } from "./go-objects.ts";
import { kinds } from "../../packages/protobuf/src/gen/table.ts";

const { binary } = inject("controlPlane");
const seed = Number(process.env["SEED"] ?? 0);

// It computes all the time, which takes the longer the more others do.
vi.setConfig({ testTimeout: 240_000 });

describe.each([
  ["decoding", decodeObjects],
  ["encoding", encodeObjects],
])("%s", (_, tried) => {
  test("is as Go's for objects of every kind", async () => {
    const outcome = await tried(binary, { seed, each: 30 });
    expect(outcome.differences).toEqual([]);
    expect(outcome.kinds).toBe(Object.keys(kinds).length);
    expect(outcome.objects).toBe(outcome.kinds * 30);
  });

  test("is as Go's for many objects of the kinds that everybody has", async () => {
    const outcome = await tried(binary, { seed: seed + 1, each: 200, groups: ["core", "apps", "batch"] });
    expect(outcome.differences).toEqual([]);
    expect(outcome.objects).toBe(outcome.kinds * 200);
  });
});

test("what users write is to Go what its JSON is", async () => {
  const outcome = await encodeWritten(binary, { seed, each: 30 });
  expect(outcome.differences).toEqual([]);
  expect(outcome.objects).toBe(Object.keys(kinds).length * 30);
});
