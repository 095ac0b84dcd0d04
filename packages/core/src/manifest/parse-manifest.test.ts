import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "../../../../test/support/cpu-time.ts";
import { encodeJson } from "../codec/json/encode-json.ts";
import { parseJson } from "../codec/json/parse-json.ts";
import { InputError } from "../errors/input-error.ts";
import { parseManifest } from "./parse-manifest.ts";

const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
const a = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };

async function refusal(source: string | Uint8Array): Promise<InputError> {
  const error = await parseManifest(source).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe("documents", () => {
  test.each<[string, string, number]>([
    ["one YAML document", map, 1],
    ["several", `${map}---\n${map}--- # comment\n${map}`, 3],
    ["empty ones left out", `---\n# nothing\n---\n${map}---\n---\nnull\n...\n`, 1],
    ["nothing at all", "", 0],
    ["only white space", " \n\t\n", 0],
    ["JSON", JSON.stringify(a), 1],
    ["JSON objects one after another", `${JSON.stringify(a)}${JSON.stringify(a)}\n${JSON.stringify(a, null, 2)}\n`, 3],
    ["JSON with separators", `---\n${JSON.stringify(a)}\n--- # c\n${JSON.stringify(a)}\n---\n`, 2],
    ["JSON and YAML mixed", `${JSON.stringify(a)}\n---\n${map}`, 2],
    ["YAML in flow style", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", 1],
    ["JSON with a comma too many", '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},}', 1],
    ["Windows line ends", `${map}---\n${map}`.replaceAll("\n", "\r\n"), 2],
    ["a byte order mark", `\uFEFF${map}`, 1],
  ])("%s", async (_what, text, count) => {
    expect(await parseManifest(text)).toEqual(Array.from({ length: count }, () => a));
    expect(await parseManifest(new TextEncoder().encode(text))).toEqual(Array.from({ length: count }, () => a));
  });

  test("UTF-16 is read as Windows shells write it", async () => {
    const units = Uint16Array.from(`\uFEFF${map}`, (character) => character.charCodeAt(0));
    const little = new Uint8Array(units.buffer);
    expect(await parseManifest(little)).toEqual([a]);
    const big = Uint8Array.from(little, (_byte, index) => little[index ^ 1] ?? 0);
    expect(await parseManifest(big)).toEqual([a]);
  });

  test("bytes that are not text are refused, and what is not a source at all", async () => {
    expect((await refusal(Uint8Array.of(0x61, 0xff))).message).toBe("Invalid manifest: it is not UTF-8 text");
    expect((await refusal(undefined as unknown as string)).message).toContain("it must be text or a Uint8Array");
    expect((await refusal({} as unknown as string)).message).toContain("it must be text or a Uint8Array");
  });
});

describe("lists", () => {
  const pod = (name: string): object => ({ apiVersion: "v1", kind: "Pod", metadata: { name } });

  test("a List is replaced by its items, within others too", async () => {
    const list = (...items: object[]): object => ({ apiVersion: "v1", kind: "List", items });
    const text = JSON.stringify(list(pod("a"), list(pod("b"), list()), pod("c")));
    expect(await parseManifest(`${text}\n${JSON.stringify(a)}`)).toEqual([pod("a"), pod("b"), pod("c"), a]);
    expect(await parseManifest("apiVersion: v1\nkind: List\nitems:\n")).toEqual([]);
  });

  test("items of a typed list have its version and kind", async () => {
    const text =
      "apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a}\n- {apiVersion: v1, kind: Pod}\n";
    expect(await parseManifest(text)).toEqual([
      { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a" } },
      { apiVersion: "v1", kind: "Pod" },
    ]);
  });

  test("a kind that only sounds like a list, or that only has items, is an object", async () => {
    const list = { apiVersion: "example.com/v1", kind: "AllowList", spec: {} };
    const items = { apiVersion: "example.com/v1", kind: "Menu", items: [1] };
    expect(await parseManifest(JSON.stringify(list))).toEqual([list]);
    expect(await parseManifest(JSON.stringify(items))).toEqual([items]);
  });
});

describe("errors say where and what", () => {
  test.each<[string, string, string]>([
    [`${map}---\nkind: Pod\n`, "apiVersion", "Invalid apiVersion: it is missing, or is not text (document 2, line 5)"],
    ["apiVersion: v1\n", "kind", "Invalid kind: it is missing, or is not text (document 1, line 1)"],
    ["apiVersion: 1\nkind: Pod\n", "apiVersion", "document 1, line 1"],
    ['{"apiVersion":"v1","kind":""}', "kind", "document 1, line 1"],
    [`${JSON.stringify(a)}\n\n{"kind":"Pod"}`, "apiVersion", "document 2, line 3"],
    ["\n\n- a\n", "manifest", "Invalid manifest: it is not an object with apiVersion and kind (document 1, line 3)"],
    ["[1]", "manifest", "it is not an object with apiVersion and kind"],
    ["hello", "manifest", "it is not an object with apiVersion and kind"],
    [
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: List, items: [{kind: Pod}]}\n",
      "items[0].items[0].apiVersion",
      "document 1, line 1",
    ],
    [
      "apiVersion: v1\nkind: List\nitems: [{metadata: {name: a}}]\n",
      "items[0].apiVersion",
      "it is missing, or is not text",
    ],
    ["apiVersion: v1\nkind: List\nitems: [1]\n", "items[0]", "it is not an object with apiVersion and kind"],
    [
      `${map}data: {a: *b}\n`,
      "manifest",
      "Invalid manifest: line 4, column 11: there is no anchor of this name before this alias",
    ],
    [
      `${map}data:\n  a: 1\n  b: x: y\n`,
      "manifest",
      "Invalid manifest: line 6, column 7: wrong indentation, or text with ': ' in it that needs quotes",
    ],
    [`${map}a: 1\na: 2\n`, "manifest", 'line 5, column 1: the key "a" is there twice in one map; remove one'],
    ['{\n"a": 1,\n"\\u0061": 2}', "manifest", 'line 3, column 1: the key "a" is there twice in one object; remove one'],
    [
      `${map}---x\n`,
      "manifest",
      "line 4, column 1: a line that begins with --- separates documents and may hold only a comment",
    ],
    [`${map}data: {a: .inf}\n`, "manifest", "line 4, column 11: the value is a number that JSON cannot hold"],
    [`${map}data: {a: "\u0007"}\n`, "manifest", "line 4, column 12: holds a control character"],
    ["? a\n- b\n", "manifest", "line 2, column 1: this belongs to nothing before it; look at the indentation"],
  ])("%j", async (text, field, message) => {
    const error = await refusal(text);
    expect(error.field).toBe(field);
    expect(error.message).toContain(message);
  });
});

describe("values", () => {
  async function data(yaml: string): Promise<unknown> {
    const [object] = await parseManifest(`${map}data: ${yaml}\n`);
    return (object as { data?: unknown } | undefined)?.data;
  }

  test("integers beyond 2^53 keep their digits, and go out again as they came", async () => {
    for (const digits of ["9007199254740993", "-18446744073709551616", "123456789012345678901234567890"]) {
      expect(encodeJson(await data(`{a: ${digits}}`), "object")).toBe(`{"a":${digits}}`);
      const [object] = await parseManifest(`{"apiVersion":"v1","kind":"X","a":${digits}}`);
      expect(encodeJson(object, "object")).toContain(`"a":${digits}`);
    }
  });

  test("__proto__ is a field like any other", async () => {
    for (const text of [
      `${map}__proto__: {a: 1}\nb: {<<: {__proto__: 2}}\n`,
      JSON.stringify(a).replace("}", '},"__proto__":{"a":1}'),
    ]) {
      const [object] = await parseManifest(text);
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
      expect(Object.keys(object ?? {})).toContain("__proto__");
    }
  });

  test("what an alias repeats is a copy, and can be changed alone", async () => {
    const value = (await data("{x: &p {c: 1}, z: *p}")) as { x: { c: number }; z: { c: number } };
    value.x.c = 2;
    expect(value.z.c).toBe(1);
  });

  test("octal numbers, yes and no, days, ports and versions mean what they mean to kubectl", async () => {
    const yaml =
      "{mode: 0644, on: yes, off: no, day: 2026-01-01, port: 8080:80, zip: 012, version: 1.10, size: 1e3, none: ~}";
    expect(await data(yaml)).toEqual({
      mode: 420,
      true: true,
      false: false,
      day: "2026-01-01",
      port: "8080:80",
      zip: 10,
      version: 1.1,
      size: 1000,
      none: null,
    });
  });
});

describe("a document that would grow beyond all bounds is refused at once", () => {
  const levels = (count: number, first: string): string =>
    Array.from(
      { length: count },
      (_, n) => `l${n}: &l${n} [${Array.from({ length: 9 }, () => (n ? `*l${n - 1}` : first)).join(",")}]`,
    ).join("\n");

  test.each<[string, string, RegExp]>([
    ["nine levels of aliases", levels(9, "lol"), /repeat more than/],
    ["aliases of a long text", `a: &a ${"x".repeat(10_000)}\nb: [${"*a,".repeat(10_000)}]`, /repeat more than/],
    [
      "merges of merges",
      `a: &a {${Array.from({ length: 1000 }, (_, n) => `k${n}: 1`).join(",")}}\nb: {<<: [${"*a,".repeat(200)}]}`,
      /repeat more than/,
    ],
    [
      "depth by aliases",
      `a0: &a0 []\n${Array.from({ length: 600 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]`).join("\n")}`,
      /more than 500/,
    ],
    ["an anchor that holds itself", "a: &a [*a]", /holds itself/],
    ["deep flow lists", "a: " + "[".repeat(2000), /more than 500/],
    ["deep flow maps", "{a: ".repeat(2000), /more than 500/],
    ["deep block lists", "- ".repeat(2000) + "a", /more than 500/],
    ["deep keys", "? ".repeat(2000) + "a", /more than 500/],
    ["deep JSON", '{"a":'.repeat(2000), /more than 500/],
  ])("%s", async (_what, text, message) => {
    await refusal("a: 1"); // the library is loaded
    const ms = await cpuMs(async () => expect((await refusal(text)).message).toMatch(message));
    expect(ms).toBeLessThan(500);
  });

  test("the deepest that is allowed works on an ordinary stack", async () => {
    const deep = (open: string, close: string): string =>
      `apiVersion: v1\nkind: X\na: ${open.repeat(498)}1${close.repeat(498)}`;
    for (const text of [deep("[", "]"), deep("{a: ", "}")]) expect(await parseManifest(text)).toHaveLength(1);
    expect(await parseManifest(`{"apiVersion":"v1","kind":"X","a":${"[".repeat(499)}${"]".repeat(499)}}`)).toHaveLength(
      1,
    );
  });

  test.each<[string, string]>([
    ["many documents", `${map}---\n`.repeat(5000)],
    ["many JSON documents", JSON.stringify(a).repeat(20_000)],
    ["many keys", `${map}data:\n${Array.from({ length: 20_000 }, (_, n) => `  k${n}: v\n`).join("")}`],
    ["one long text", `${map}data: {a: "${"x ".repeat(500_000)}"}`],
    ["much white space", `${" \n".repeat(2_000_000)}${JSON.stringify(a)}`],
    ["one long number", `${map}data: {a: ${"1".repeat(200_000)}}`],
  ])("%s take linear time", async (_what, text) => {
    const ms = await cpuMs(async () => expect((await parseManifest(text)).length).toBeGreaterThan(0));
    expect(ms).toBeLessThan(5000);
  });
});

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

describe("any input", () => {
  test("parses, or throws an InputError", async () => {
    const piece = fc.constantFrom(
      "a",
      ": ",
      "- ",
      "\n",
      "  ",
      "{",
      "}",
      "[",
      "]",
      ",",
      '"',
      "'",
      "#",
      "|",
      ">",
      "&x ",
      "*x",
      "!!int ",
      "<<",
      "? ",
      "---\n",
      "1",
      "\\",
      "%",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join("")),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          text,
          text.map((more) => map + more),
          fc.uint8Array(),
        ),
        async (source) => {
          try {
            await parseManifest(source);
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("any JSON object comes through unchanged, alone or as YAML", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ stringUnit: "grapheme" })),
        async (fields) => {
          const object = { ...fields, apiVersion: "v1", kind: "X" };
          const json = JSON.stringify(object);
          expect(await parseManifest(json)).toEqual([parseJson(json)]);
          // What kubectl would refuse or change, if it were not escaped.
          const yaml = json.replace(/[\x7f\x85]|[\u2028\u2029](?=\s)|(?<=\s)[\u2028\u2029]/g, escaped);
          const [first] = await parseManifest(`# YAML\n${yaml}`);
          expect(first).toEqual(parseJson(json));
        },
      ),
      { numRuns: 500 },
    );
  });
});
