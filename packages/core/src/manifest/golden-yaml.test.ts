import { expect, test } from "vitest";
import { parseJson } from "../codec/json/parse-json.ts";
import { DecodeError } from "../errors/body-errors.ts";
import { InputError } from "../errors/input-error.ts";
import { type KubectlRow, unlistedDifference } from "../../../../test/support/yaml-as-kubectl.ts";
import madeDocuments from "./golden/yaml-documents.json" with { type: "json" };
import golden from "./golden/yaml.json" with { type: "json" };
import { jsonDocuments } from "./json-documents.ts";
import { yamlDocuments } from "./yaml-documents.ts";

// What kubectl's own code makes of each text (test/fixtures/go/yaml.go), and where we differ on purpose: our documents, or the
// error.
const refusedByUs: Readonly<Record<string, RegExp>> = {
  // Keys that are there twice: kubectl takes the last in silence.
  "a: 1\na: 2\n": /line 2, column \d+: the key "a" is there twice/,
  "a: 1\nb: {c: 1, c: 2}\n": /line 2, column \d+: the key "c" is there twice/,
  '{"a":1,"a":2}': /line 1, column \d+: the key "a" is there twice/,
  "1: a\n01: b\n": /the key "1" is there twice/,
  '"1": a\n1: b\n': /the key "1" is there twice/,
  "true: 1\ntrue: 2\n": /the key "true" is there twice/,
  "&x a: 1\n*x : 2\n": /the key "a" is there twice/,
  "b: {c: 0, <<: {c: 1}, c: 2}\n": /the key "c" is there twice/,
  // Bytes that are no text: kubectl puts U+FFFD in their place.
  "v: !!binary /w==\n": /JSON holds no bytes/,
  // Keys that are no numbers: kubectl makes text of them, which nobody can have meant.
  ".inf: a\n": /JSON cannot hold/,
  "-.inf: a\n": /JSON cannot hold/,
  ".nan: a\n": /JSON cannot hold/,
  // Not YAML, but Go's parser has no rule against it.
  "a: [-]\n": /a comma or a closing bracket is missing/,
};

const takenByUs: Readonly<Record<string, readonly string[]>> = {
  // Legal in JSON and in YAML 1.2, unknown to Go's YAML 1.1.
  'v: "\\/"\n': ['{"v":"/"}'],
  'v: "\\ud83d\\ude00"\n': ['{"v":"😀"}'],
  // Legal YAML that kubectl's splitting at `---` breaks, or that Go's parser has wrong.
  "...\n": [],
  "%YAML 1.1\n---\na: 1\n": ['{"a":1}'],
  "a: |\n  \tx\n": ['{"a":"\\tx\\n"}'],
  // Integers of any size keep their digits, as keys too.
  "9223372036854775808: a\n": ['{"9223372036854775808":"a"}'],
  "v: !!float 18446744073709551615\n": ['{"v":18446744073709552000}'],
  // Times are text, so nothing is asked of them.
  "v: !!timestamp x\n": ['{"v":"x"}'],
};

function documents(source: string): readonly string[] | InputError {
  const text = source.replace(/^\uFEFF/, "");
  try {
    const json = jsonDocuments(text);
    json?.forEach((document) => parseJson(document.json));
    if (json) return json.map((document) => document.json);
  } catch (error) {
    if (error instanceof InputError) return error;
    if (!(error instanceof DecodeError)) throw error;
  }
  try {
    return Array.from(yamlDocuments(text), ({ json }) => json);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

// JSON.parse rounds as Go's decoder of the golden rows did not; digits beyond a double are compared elsewhere.
function values(texts: readonly string[]): unknown[] {
  return texts.map((text): unknown => JSON.parse(text)).filter((value) => value !== null);
}

test.each(golden.rows)("as kubectl: $text", ({ text, ok, documents: expected = [] }) => {
  const found = documents(text);
  const refusal =
    refusedByUs[text] ?? (ok || takenByUs[text] ? undefined : /^Invalid manifest: line \d+, column \d+: ./);
  if (refusal) {
    expect(found).toBeInstanceOf(InputError);
    expect((found as InputError).message).toMatch(refusal);
    return;
  }
  expect(found).not.toBeInstanceOf(Error);
  expect(values(found as string[])).toEqual(values(takenByUs[text] ?? expected));
});

test("every listed difference is one", () => {
  const rows = new Map(golden.rows.map((row) => [row.text, row]));
  for (const text of Object.keys(refusedByUs)) expect([text, rows.get(text)?.ok]).toEqual([text, true]);
  for (const text of Object.keys(takenByUs)) expect([text, rows.get(text)?.ok]).toEqual([text, false]);
});

test("3,000 made documents are read as kubectl reads them, or refused for a listed reason", () => {
  const rows = madeDocuments.rows as unknown as readonly KubectlRow[];
  const differences = rows.flatMap((row) => {
    const found = documents("refused" in row ? row.refused : row[0]);
    return (
      unlistedDifference(
        row,
        found instanceof Error ? found.message : found.map((json): unknown => JSON.parse(json)),
      ) ?? []
    );
  });
  expect(rows.length).toBe(3000);
  expect(differences).toEqual([]);
});
