import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonSyntaxError, readNode } from "./json-node.ts";
import { readJson } from "./json-text.ts";

function parses(text: string, read: (text: string) => unknown): boolean {
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
}

test("what is JSON for JavaScript is JSON here, and nothing else", () => {
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", "{", "]", ",", '"', "\\", "\\u12", "1", "-", ".", "e", "tru", " "))
    .map(([text, at, more]) => `${text.slice(0, at % (text.length + 1))}${more}${text.slice(at % (text.length + 1))}`);
  fc.assert(
    fc.property(fc.oneof(fc.json(), damaged), (text) => {
      expect(parses(text, readNode)).toBe(parses(text, JSON.parse));
    }),
  );
});

const plainObjects = fc.object({
  key: fc.string().filter((key) => !/\d/.test(key)),
  values: [fc.boolean(), fc.integer(), fc.constant('"\\:')],
  maxDepth: 3,
});

test("a field that stands twice is seen wherever it stands", () => {
  fc.assert(
    fc.property(plainObjects, fc.string(), (object, key) => {
      const text = JSON.stringify({ within: [object] });
      expect(readJson(text).hidesSomething).toBe(false);
      const field = `${JSON.stringify(key)}:{}`;
      expect(readJson(`${text.slice(0, -1)},"more":[{${field},${field}}]}`).hidesSomething).toBe(true);
    }),
    {
      examples: [
        [{ ":": '":' }, '"'],
        [{}, "$`"],
      ],
    },
  );
});

test("a whole number with a fraction or an exponent is seen", () => {
  expect(readJson('{"a":[1,-2],"b":"1.0"}').hidesSomething).toBe(false);
  for (const number of ["1.0", "1e2", "-0.0E+1"]) expect(readJson(`{"a":${number}}`).hidesSomething).toBe(true);
});

test.each([
  ["", "unexpected end of JSON input"],
  ["{", "unexpected end of JSON input"],
  ['{"a":nul', "invalid character ' ' in literal null (expecting 'l')"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ["[1 2]", "invalid character '2' after array element"],
  ['"\u0001"', String.raw`invalid character '\x01' in string literal`],
  ["{}'", String.raw`invalid character '\'' after top-level value`],
])("%j is refused in Go's words", (text, words) => {
  expect(() => readJson(text)).toThrow(new JsonSyntaxError(words));
});
