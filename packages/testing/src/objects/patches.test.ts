import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../exchange/refusal.ts";
import { applyJsonPatch } from "./json-patch.ts";
import { mergePatched } from "./merge-patch.ts";

const objects = fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__", "toString"), fc.jsonValue({ maxDepth: 3 }), {
  noNullPrototype: true,
});

function hasNullField(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((one) => hasNullField(one) || (one === null && !Array.isArray(value)));
}

test("a merge patch leaves no field that it takes away, and changes nothing a second time", () => {
  fc.assert(
    fc.property(objects, objects, (target, patch) => {
      const before = JSON.stringify(target);
      const once = mergePatched(target, patch);
      expect(mergePatched(once, patch)).toEqual(once);
      expect(hasNullField(mergePatched({}, patch))).toBe(false);
      expect(JSON.stringify(target)).toBe(before);
    }),
  );
});

test("what a JSON patch adds can be tested, moved and taken away again", () => {
  fc.assert(
    fc.property(objects, fc.string(), fc.jsonValue(), (target, key, value) => {
      const path = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      fc.pre(!Object.hasOwn(target, key) && !Object.hasOwn(target, "moved"));
      const patched = applyJsonPatch(structuredClone(target), [
        { op: "add", path, value },
        { op: "test", path, value },
        { op: "move", from: path, path: "/moved" },
        { op: "test", path: "/moved", value },
        { op: "remove", path: "/moved" },
      ]);
      expect(patched).toEqual(target);
    }),
  );
});

test("any JSON patch is carried out or refused", () => {
  const pointer = fc.constantFrom("", "a", "/a", "/a/0", "/a/-", "/a/-1", "/b/c", "/missing/x", "/a~1b");
  const operation = fc.record(
    {
      op: fc.constantFrom("add", "remove", "replace", "move", "copy", "test", "nonsense"),
      path: pointer,
      from: pointer,
      value: fc.jsonValue({ maxDepth: 1 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(fc.option(operation)), (operations) => {
      try {
        applyJsonPatch({ a: [1, 2], b: { c: 3 } }, operations);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
    { numRuns: 300 },
  );
});
