import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { canonical, jsonObjectText, jsonText } from "../../../../test/support/json-arbitrary.ts";
import { parseJson } from "../codec/json/parse-json.ts";
import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject } from "../types/object.ts";
import { parseManifest } from "./parse-manifest.ts";
import { stringifyManifest } from "./stringify-manifest.ts";

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
const map = (data: unknown): KubernetesObject => ({ apiVersion: "v1", kind: "ConfigMap", data }) as KubernetesObject;

/** How a value is written. */
async function written(value: unknown): Promise<string> {
  const text = await stringifyManifest([map({ v: value })]);
  return /^data:\n {2}v:(.*)^kind/ms.exec(text)?.[1]?.replace(/^ |\n$/g, "") ?? text;
}

async function readBack(objects: Iterable<KubernetesObject>): Promise<string> {
  return JSON.stringify(await parseManifest(await stringifyManifest(objects)));
}

describe("documents", () => {
  test("one, several, none", async () => {
    expect(await stringifyManifest([map({ a: "b" })])).toBe("apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\n");
    expect(await stringifyManifest([map({}), map([]), map(null)])).toBe(
      ["{}", "[]", "null"].map((data) => `apiVersion: v1\ndata: ${data}\nkind: ConfigMap\n`).join("---\n"),
    );
    expect(await stringifyManifest([])).toBe("");
  });

  test("may come from a promise, or any iterable, as parseManifest gives them", async () => {
    const text = "apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\n";
    expect(await stringifyManifest(parseManifest(text))).toBe(text);
    expect(await stringifyManifest(new Set(await parseManifest(text)))).toBe(text);
  });

  test("are as they were at the call", async () => {
    const object = { ...map({ a: "then" }) };
    const text = stringifyManifest([object]);
    object.kind = "Later";
    expect(await text).toContain("kind: ConfigMap");
  });
});

describe("texts", () => {
  test.each([
    "yes NO on Off y N true FALSE null Null ~ 012 0644 0o7 0O7 0x1f 0b11 1e3 1E3 .5 5. 1_000 -1 +1 0 1.5 .inf -.Inf .NaN",
    "2001-01-01 2001-1-1 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z 1:30 12:30:45 190:20:30.15 123456789012345678901",
  ])("in double quotes, which kubectl would read as something else: %s", async (texts) => {
    for (const text of ["", ...texts.split(" ")]) expect(await written(text)).toBe(`"${text}"`);
  });

  test("as they are, which kubectl reads as text", async () => {
    const texts =
      "= << yess 0o8 1.2.3 0x 1e 2001-13-01 2001-02-29 1:60 a:b a#b -a ?a :a ~a http://x/y?z=1#q 1Gi 100m é v1";
    for (const text of [...texts.split(" "), "a b", "it's", 'say "a"']) expect(await written(text)).toBe(text);
  });

  test.each([
    ["# x", "'# x'"],
    ["a: b", "'a: b'"],
    ["a:", "'a:'"],
    ["a #b", "'a #b'"],
    ["- a", "'- a'"],
    ["-", "'-'"],
    ["---", "'---'"],
    ["...", "'...'"],
    [" a ", "' a '"],
    [" ", "' '"],
    ["'a'", "'''a'''"],
    ["{a}", "'{a}'"],
    ["%a", "'%a'"],
    ["\ta", '"\\ta"'],
    ["\0\x07\x1b\x7f", '"\\0\\a\\e\\x7F"'],
    ["a\rb", '"a\\rb"'],
    ["a\u0085b", '"a\\Nb"'],
    [" \u2028 \u2029", '" \\L \\P"'],
    ["\uFEFFa", '"\\uFEFFa"'],
    ["\uFFFE", '"\\uFFFE"'],
    ["a 😀", '"a \\U0001F600"'],
    ['"\\\t', '"\\"\\\\\\t"'],
  ])("%j is %s", async (text, expected) => {
    expect(await written(text)).toBe(expected);
  });

  test.each([
    ["a\n", "|\n    a"],
    ["a\nb", "|-\n    a\n    b"],
    ["a\n\n", "|+\n    a\n"],
    ["\n", "|2+\n"],
    [" a\nb", "|2-\n     a\n    b"],
    ["a\n\n  # b\n---\n", "|\n    a\n\n      # b\n    ---"],
    ["a \nb", '"a \\nb"'],
    ["a\nb ", '"a\\nb "'],
    ["a\n\tb", '"a\\n\\tb"'],
    ["a\r\nb\r\n", '"a\\r\\nb\\r\\n"'],
  ])("of several lines: %j", async (text, expected) => {
    expect(await written(text)).toBe(expected);
  });

  test("longer than a line are folded at single spaces", async () => {
    const word = "x".repeat(74);
    expect(await written(`${word}words  a`)).toBe(`${word}words  a`);
    expect(await written(`${word} ab  c d`)).toBe(`${word} ab  c\n    d`);
    expect(await written(`- ${word.slice(3)} a b`)).toBe(`'- ${word.slice(3)} a\n    b'`);
    expect(await written(`\t${word.slice(3)} a  b`)).toBe(`"\\t${word.slice(3)} a\n    \\ b"`);
  });

  test("as keys: on one line, unless they are long or have lines", async () => {
    const long = "k".repeat(129);
    expect(
      await stringifyManifest([map({ [long]: ["a", { b: 1 }], "a\nb": "c", "<<": 1, yes: 2, "": 3, "a b": 4 })]),
    ).toBe(
      `apiVersion: v1\ndata:\n  "": 3\n  "<<": 1\n  ? |-\n    a\n    b\n  : c\n  a b: 4\n  ? ${long}\n  : - a\n    - b: 1\n  "yes": 2\nkind: ConfigMap\n`,
    );
  });
});

test("keys are sorted as kubectl sorts them", async () => {
  const keys = ["a10", "a9", "a_1", "b", "a", "A", "é", "1", "a01", "a1", "a-1", "10", "2"];
  const text = await stringifyManifest([map(Object.fromEntries(keys.map((key) => [key, null])))]);
  const found = Array.from(text.matchAll(/^ {2}"?(.*?)"?: null$/gm), ([, key]) => key);
  expect(found).toEqual(["1", "2", "10", "A", "a", "a-1", "a_1", "a1", "a01", "a9", "a10", "b", "é"]);
});

describe("numbers", () => {
  test.each<[unknown, string]>([
    [0, "0"],
    [-0, "0"],
    [80, "80"],
    [-1.5, "-1.5"],
    [1e21, "1e+21"],
    [1.5e-7, "1.5e-07"],
    [1234567.5, "1.2345675e+06"],
    [0.0001, "0.0001"],
    [2 ** 53 - 1, "9007199254740991"],
    [rawJSON("9007199254740993"), "9007199254740993"],
    [rawJSON("-123456789012345678901234567890"), "-123456789012345678901234567890"],
    [18446744073709551616n, "18446744073709551616"],
  ])("%s is %s", async (value, expected) => {
    expect(await written(value)).toBe(expected);
  });
});

describe("what cannot be written is refused, with its place", () => {
  const deep = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  test.each<[string, unknown, RegExp]>([
    ["no list", map({}), /^Invalid objects: it must be a list of objects/],
    ["text", "apiVersion: v1", /^Invalid objects: it must be a list of objects; parseManifest makes one/],
    ["nothing", undefined, /^Invalid objects: /],
    ["no object", [null], /^Invalid objects\[0\]: it must be an object/],
    ["a list in the list", [map({}), [map({})]], /^Invalid objects\[1\]: it must be an object/],
    ["no kind", [{ apiVersion: "v1" }], /^Invalid objects\[0\]\.kind: it is needed here/],
    ["no apiVersion", [map({}), { kind: "A", apiVersion: "" }], /^Invalid objects\[1\]\.apiVersion: it is needed here/],
    ["a kind that is not text", [{ apiVersion: "v1", kind: 1 }], /^Invalid objects\[0\]\.kind: /],
    ["NaN", [map({ a: [NaN] })], /^Invalid objects\[0\]\.data\.a\[0\]: is NaN, which JSON cannot hold/],
    ["a function", [map({ a: () => 1 })], /^Invalid objects\[0\]\.data\.a: is a function/],
    ["bytes", [map({ a: new Uint8Array(1) })], /^Invalid objects\[0\]\.data\.a: .* write bytes as text/],
    ["a map", [map(new Map())], /^Invalid objects\[0\]\.data: is a Map/],
    ["half a character", [map({ a: "\ud800" })], /^Invalid objects\[0\]\.data\.a: holds half of a surrogate pair/],
    ["a cycle", [map(cycle)], /^Invalid objects\[0\]\.data\.self: it contains itself/],
    [
      "a number beyond all doubles",
      [map({ a: [rawJSON("1e400")] })],
      /^Invalid objects\[0\]\.data\.a\[0\]: is the number 1e400/,
    ],
    ["too many levels", [map(deep(500))], /^Invalid objects\[0\]\.data\[0\].*: more than 500 objects and lists/],
  ])("%s", async (_what, objects, message) => {
    const error = await rejection(stringifyManifest(objects as KubernetesObject[]));
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toMatch(message);
  });

  test("500 levels are written and read", async () => {
    const object = map(deep(499));
    expect(await parseManifest(await stringifyManifest([object]))).toEqual([object]);
  });
});

// Words and gaps that mean something to YAML, in lines long enough to be folded.
const prose = fc
  .array(
    fc.constantFrom(
      "a",
      "word",
      "-",
      "#",
      ":",
      "? ",
      "'",
      '"',
      "\\",
      "é",
      "😀",
      " ",
      " ",
      "  ",
      "\n",
      "\n\n",
      "\t",
      "\u0085",
      "---",
      "\u00a0",
      "\u2028",
      "\uFEFF",
      "1",
    ),
    { maxLength: 90 },
  )
  .map((parts) => parts.join(""));
const fields = fc.oneof(
  jsonObjectText(jsonText()),
  fc
    .dictionary(fc.oneof(prose, fc.constantFrom("__proto__", "<<", "=")), fc.oneof(prose, fc.array(prose)), {
      maxKeys: 4,
    })
    .map((found) => JSON.stringify(found)),
);

test("whatever is written is read back", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 3 }), async (texts) => {
      const objects = texts.map((text) => map(parseJson(text)));
      expect(canonical(await readBack(objects))).toBe(canonical(JSON.stringify(objects)));
    }),
    { numRuns: 500 },
  );
});
