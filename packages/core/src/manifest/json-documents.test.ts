import { describe, expect, test, vi } from "vitest";
import { InputError } from "../errors/input-error.ts";
import { jsonDocuments } from "./json-documents.ts";
import { parseManifest } from "./parse-manifest.ts";

vi.mock("js-yaml", () => {
  throw new Error("the library was loaded");
});

describe("JSON documents one after another", () => {
  test.each<[string, string[] | undefined]>([
    ["", []],
    [" \n--- # c\n---", []],
    ['{"a":1}', ['{"a":1}']],
    ['{"a":"}\\"}\\\\"}[1]', ['{"a":"}\\"}\\\\"}', "[1]"]],
    ['{}\n---\n{"a":{"a":["a",{"a":1}]}}\n--- # c\n', ["{}", '{"a":{"a":["a",{"a":1}]}}']],
    ['{"a":"\\"a\\":","b" \t\r\n: 1}', ['{"a":"\\"a\\":","b" \t\r\n: 1}']],
    ["a: 1", undefined],
    ['{"a":1', undefined],
    ['{"a":"1}', undefined],
    ["{}x", undefined],
    ["{}---", undefined],
    ["# c\n{}", undefined],
  ])("%j", (text, documents) => {
    expect(jsonDocuments(text)?.map(({ json }) => json)).toEqual(documents);
  });

  test("tells where each begins", () => {
    expect(jsonDocuments(' {}\n---\n{"a":1}')?.map(({ start }) => start)).toEqual([1, 8]);
  });

  test.each(['{"a":1,"a":2}', '{"b":{"a":1,"\\u0061":2}}', '[{"__proto__":1,"__proto__":2}]', '{"a":1,"b":"a","a":3}'])(
    "%s holds a key twice",
    (text) => {
      expect(() => jsonDocuments(text)).toThrow(InputError);
    },
  );

  test("may be 500 levels deep, and no more", () => {
    expect(jsonDocuments("[".repeat(500) + "]".repeat(500))).toHaveLength(1);
    expect(() => jsonDocuments("[".repeat(501) + "]".repeat(501))).toThrow(
      "line 1, column 501: more than 500 objects and lists",
    );
  });
});

test("JSON is read without a YAML library", async () => {
  const object = { apiVersion: "v1", kind: "X", text: 'a "quoted" \\ {text}\uFEFF', list: [{ a: 1 }] };
  const json = JSON.stringify(object);
  expect(await parseManifest(`\uFEFF${json}\n---\n${json}${json}`)).toEqual([object, object, object]);
  expect(await parseManifest(json)).toEqual([object]);
  await expect(parseManifest("apiVersion: v1")).rejects.toThrow("mocking a module");
});
