import { describe, expect, test } from "vitest";
import { parseManifest } from "./parse-manifest.ts";

// What kubectl's code makes of each text is in golden/; here is what each kind of it means for a manifest.
const head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

async function spec(text: string): Promise<unknown> {
  const [object] = await parseManifest(head + text);
  return (object as { spec?: unknown }).spec;
}

async function refusal(text: string): Promise<string> {
  return parseManifest(text).then(
    () => "",
    (error: unknown) => String((error as Error).message),
  );
}

test.each<[string, string, unknown]>([
  ["single quotes, next line at the key's column", "spec:\n  k: 'one\n  two'\n", { k: "one two" }],
  ["single quotes, next line at the first column", "spec:\n  k: 'one\ntwo'\n", { k: "one two" }],
  ["single quotes with an empty line", "spec:\n  k: 'one\n\ntwo'\n", { k: "one\ntwo" }],
  ["double quotes within a list", 'spec:\n  k:\n  - x: "one\n  two"\n', { k: [{ x: "one two" }] }],
  ["double quotes, next line with a tab", 'spec:\n  k: "one\n\ttwo"\n', { k: "one two" }],
  ["an escaped line end", 'spec:\n  k: "one\\\n  two"\n', { k: "onetwo" }],
  ["a script between brackets", 'spec:\n  args: ["\n    run\n  "]\n', { args: [" run "] }],
  ["a list closed at the key's column", "spec:\n  k: [\n  a,\n  b\n  ]\n", { k: ["a", "b"] }],
  ["a list at the first column", "spec:\n  k: [\na,\nb\n]\n", { k: ["a", "b"] }],
  ["a map at the first column, with comments", "spec: {\n# one\na: 1, # two\nb: 2\n}\n", { a: 1, b: 2 }],
  ["JSON with tabs as a value", 'spec: {\n\t"k": "v"\n}\n', { k: "v" }],
  ["JSON closed in the line of the next item", "spec:\n- {\n  a: 1\n}\n- b\n", [{ a: 1 }, "b"]],
  [
    "plain text in brackets over two lines",
    "spec:\n  k: [one\ntwo, three\n\nfour ]\n",
    { k: ["one two", "three\nfour"] },
  ],
  ["a pair in brackets over two lines", "spec: [a: one\ntwo, b:\nc]\n", [{ a: "one two" }, { b: "c" }]],
])("indentation within quotes and brackets means nothing: %s", async (_what, text, value) => {
  expect(await spec(text)).toEqual(value);
});

test.each<[string, string]>([
  ["plain text at the key's column", "spec:\n  k: one\n  two\n"],
  ["an unclosed quote", "spec:\n  k: 'one\n  two\n"],
  ["an unclosed bracket", "spec:\n  k: [one\n  two\nb: c\n"],
  ["a key after the end of quotes", 'spec: "one\ntwo" b: 1\n'],
  ["a key after a closing bracket", "spec: [\none\n] b: 1\n"],
  ["a separator of documents within quotes", "spec: 'one\n---\ntwo'\n"],
])("refused as by kubectl: %s", async (_what, text) => {
  expect(await refusal(head + text)).toMatch(/^Invalid manifest: line \d+, column \d+: ./);
});

test.each<[string, unknown]>([
  ["[1.2.3.4, fd00::]", ["1.2.3.4", "fd00::"]],
  ["[fd00::, b]", ["fd00::", "b"]],
  ["[fd00:: , b]", [{ "fd00:": null }, "b"]],
  ["[a b\t:, c\n  :]", ["a b\t:", "c :"]],
  ["[[fd00::], [a]]", [["fd00::"], ["a"]]],
  ["[{a: fd00::}, b:]", [{ a: "fd00::" }, "b:"]],
  ["{a: fd00::}", { a: "fd00::" }],
  ["{a: fd00::, b: c}", { a: "fd00::", b: "c" }],
  ["{a:}", { "a:": null }],
  ["{a:, b: c}", { "a:": null, b: "c" }],
  ["{a: b}", { a: "b" }],
  ["{a:b}", { "a:b": null }],
  ['{"a":b}', { a: "b" }],
  ["[a: b]", [{ a: "b" }]],
  ["[!!str 1:]", ["1:"]],
  ["[::1]", ["::1"]],
])("a colon before a comma or bracket belongs to plain text: %s", async (text, value) => {
  expect(await spec(`spec: ${text}\n`)).toEqual(value);
});

test.each(["[::]", "[a?b]", "{?a: b}", "{a:[b]}", "[a:{b}]"])("is refused, not guessed at: %s", async (text) => {
  expect(await refusal(`${head}spec: ${text}\n`)).toMatch(/^Invalid manifest: line 5, column \d+: ./);
});

describe("a byte order mark", () => {
  const mark = "\uFEFF";

  test.each<[string, string]>([
    ["before every document", `${mark}${head}---\n${mark}${head}---\n${mark}${head}`],
    ["with Windows line ends", `${mark}${head}---\n${mark}${head}---\n${mark}${head}`.replaceAll("\n", "\r\n")],
    ["after a separator with a comment", `${head}--- # one\n${mark}${head}---\n${mark}# two\n${head}`],
    ["before JSON", `${head}---\n${mark}{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}\n---\n${head}`],
    ["before a separator, at the very beginning", `${mark}---\n${head}---\n${head}---\n${head}`],
  ])("%s is not text", async (_what, text) => {
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
    expect(await parseManifest(text)).toEqual([object, object, object]);
  });

  test("stays where it is text, and is refused where it would hide a key", async () => {
    expect(await spec(`spec: "a${mark}b"\n`)).toBe(`a${mark}b`);
    expect(await refusal(`${head}${mark}spec: 1\n`)).toContain("line 5, column 1: a byte order mark may stand only");
  });
});

test.each<[string, string, string]>([
  ["a key that spans lines", "'a\nb': 1\n", "line 2, column 3: this belongs to nothing before it"],
  ["tabs", "a:\n\tb: 1\n", "line 2, column 1: tabs cannot indent; use spaces"],
  ["no space after the colon", '"a":1\n', "line 1, column 5: a space is missing after this ':'"],
  ["a second tag", "a: !!str\n  !!int 1\n", "line 1, column 4: a tag or an anchor, and another on a later line"],
  ["brackets that stay open", "a:\n  b: [1,\n  2\n", "line 2, column 6: there is no closing bracket"],
  ["a comma too many", "a: [1,, 2]\n", "line 1, column 7: there is nothing before this comma"],
  ["an escape", 'a: "\\q"\n', "line 1, column 6: there is no such escape in double quotes"],
  ["half a character", 'a: "\\ud83d"\n', "line 1, column 4: an escape is not a character"],
  ["a character beyond Unicode", 'a: "\\U04010000"\n', "line 1, column 4: an escape is not a character"],
  ["an anchor with a colon", "&a: b\n", "line 1, column 1: the name of an anchor may hold only"],
  [
    "a value that is a map in the line of its key",
    "a: !t b: c\n",
    "line 1, column 4: a value with ': ' in it needs quotes",
  ],
  ["text after the end of a document", "a: 1\n...\nb: 2\n", "a document ended before; separate documents with a line"],
  ["a separator of Unicode in plain text", "a: b\u2028c\n", "line 1, column 5: holds a line separator of Unicode"],
  ["another in quotes, that ends a line to kubectl", 'a: "b\u0085c"\n', "line 1, column 6: holds a line separator"],
  ["a later document", `${head}---\n${head}---\nc: [\n`, "line 11, column 4: there is no closing bracket"],
])("an error names line, column and what to do: %s", async (_what, text, message) => {
  expect(await refusal(text)).toContain(message);
});

test.each<[string, string]>([
  ["two tags on two lines", "a: !!str\n!!int b: 1\n"],
  ["an anchor before a line with an anchor", "a: &x\n  &y b: 1\n"],
  ["an item after an empty list in a list", "a:\n- - # none\n- b\n"],
  ["an empty line after an escaped line end", 'a: "b\\\n\n  c"\n'],
])("what the library would read as something else is refused: %s", async (_what, text) => {
  expect(await refusal(head + text)).toMatch(/^Invalid manifest: line \d+, column \d+: ./);
});

test("a separator of Unicode in quotes is text", async () => {
  expect(await spec('spec: "a\u2028b"\n')).toBe("a\u2028b");
});

test("an error never quotes a value", async () => {
  for (const text of [
    "a: *hunter2\n",
    "a: !<hunter2 b\n",
    "a: !hunter2[ b\n",
    "a: |hunter2\n",
    'a: "\\hunter2"\n',
    "%hunter2\n",
  ])
    expect(await refusal(text)).not.toContain("hunter");
});

test("of two anchors with one name the later counts, also within the first", async () => {
  expect(await spec("spec: {a: &x {b: &x 1, c: *x}, d: *x}\n")).toEqual({ a: { b: 1, c: 1 }, d: 1 });
  expect(await spec("spec: [&x 1, *x, &x 2, *x]\n")).toEqual([1, 1, 2, 2]);
});

test("a key without a value is null, whatever follows", async () => {
  expect(await spec("spec:\n  ? a\n  b: c\n  ? d\n  ? e\n  : f\n")).toEqual({ a: null, b: "c", d: null, e: "f" });
  expect(await spec("spec: {a, b: c, ? d, e: }\n")).toEqual({ a: null, b: "c", d: null, e: null });
});
