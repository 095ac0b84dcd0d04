import fc from "fast-check";
import { expect, test } from "vitest";
import { parseYaml } from "../manifest/parse-documents.ts";
import { applyBody } from "./apply-body.ts";

const bodyOf = (object: object): string => String(applyBody(object, "object").body);

test("what YAML reads otherwise than JSON is escaped, in keys too, and nothing else", () => {
  const text = "a\x7f\x80\x85\x9f \u2028 \u2029\ufeff\ufffe\uffff\u00a0é😀\u2027\u202a\ufffd";
  const escaped = "a\\u007f\\u0080\\u0085\\u009f \\u2028 \\u2029\\ufeff\\ufffe\\uffff\u00a0é😀\u2027\u202a\ufffd";
  expect(bodyOf({ [text]: text })).toBe(`{"${escaped}":"${escaped}"}`);
  expect(applyBody({ a: 1 }, "object")).toEqual({ body: '{"a":1}', contentType: "application/apply-patch+yaml" });
});

test("any object is the same, read as JSON and read as YAML", async () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }).filter((value) => !/\p{Surrogate}/u.test(value)),
    fc.array(fc.constantFrom(" ", "a", "\x85", "\u2028", "\x7f", "\ufeff", "\\", '"')).map((parts) => parts.join("")),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, fc.oneof(text, fc.array(text))), async (object) => {
      const body = bodyOf(object);
      expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(object)));
      expect(await parseYaml(`# read as YAML\n${body}`)).toEqual(JSON.parse(body));
    }),
  );
});
