import fc from "fast-check";
import { expect, test } from "vitest";
import { isSet, readQuery } from "./read-query.ts";
import { Refusal } from "./refusal.ts";

test("parameters are decoded once, in order", () => {
  expect({ ...readQuery("labelSelector=a%3Db%2Cc&limit=5&command=ls&command=-l&x") }).toEqual({
    labelSelector: ["a=b,c"],
    limit: ["5"],
    command: ["ls", "-l"],
    x: [""],
  });
  expect({ ...readQuery("a=b+c%2B=") }).toEqual({ a: ["b c+="] });
  expect({ ...readQuery("") }).toEqual({});
  expect(readQuery("__proto__=1&constructor=2")).toMatchObject({ constructor: ["2"] });
});

test.each([
  ["an escape that is none", "a=%2"],
  ["bytes that are no UTF-8", "a=%ff"],
  ["a semicolon, which Go refuses", "a=1;b=2"],
  ["a parameter without a name", "=a"],
  ["nothing between two parameters", "a=1&&b=2"],
  ["a space", "a= b"],
  ["a letter that is not encoded", "a=ü"],
])("a query with %s is refused", (_, query) => {
  expect(() => readQuery(query)).toThrow(Refusal);
});

test("what is read of a query is what everybody reads of it", () => {
  fc.assert(
    fc.property(fc.webQueryParameters(), (query) => {
      let read: ReturnType<typeof readQuery>;
      try {
        read = readQuery(query);
      } catch {
        return;
      }
      const all = new URL(`http://127.0.0.1/?${query}`).searchParams;
      for (const [name, values] of Object.entries(read)) expect(values).toEqual(all.getAll(name));
      expect(Object.keys(read).toSorted()).toEqual([...new Set(all.keys())].toSorted());
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["watch=true", true],
  ["watch=1", true],
  ["watch=", true],
  ["watch", true],
  ["watch=no", true],
  ["watch=0", false],
  ["watch=False", false],
  ["Watch=true", false],
  ["", false],
])("by %j, watch is set: %s, as the API server reads it", (query, set) => {
  expect(isSet(readQuery(query), "watch")).toBe(set);
});

test("a flag that is given twice is refused", () => {
  expect(() => isSet(readQuery("watch=0&watch=1"), "watch")).toThrow("watch is given twice");
});
