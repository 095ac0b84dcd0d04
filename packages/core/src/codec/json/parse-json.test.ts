import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DecodeError } from "../../errors/body-errors.ts";
import { encodeJson } from "./encode-json.ts";
import { parseJson } from "./parse-json.ts";

// Not in TypeScript's library yet.
const json = JSON as unknown as { rawJSON: ((text: string) => unknown) | undefined };

const roundTrip = (text: string): string => encodeJson(parseJson(text), "object");

/** JSON text with numbers of every form, and strings that look like them. */
const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("null", "true", "false", "0", "-1", "10250", "443", "2147483647", "9007199254740991"),
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(String),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }).map(String),
    fc.constantFrom("1e400", "-1E+400", "12345e305", "1e0000309", `1${"0".repeat(330)}`),
    fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
    fc.constantFrom(
      '": 12345678901234567890,"',
      '"\\\\"',
      '"\\", 12345678901234567890 ,"',
      '"sha256:1234567890123456789"',
    ),
    fc.array(tie("value"), { maxLength: 4 }).map((parts) => `[${parts.join(", ")}]`),
    fc
      .uniqueArray(
        fc.tuple(fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toJSON")), tie("value")),
        {
          maxLength: 4,
          selector: ([key]) => key,
        },
      )
      .map((fields) => `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",\n")}}`),
  ),
})).value;

/** What JSON.stringify(JSON.parse(text)) would say if doubles had no end: numbers that JSON.parse would change as they are. */
function expected(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|\s+/g, (token) => {
    if (token.startsWith('"')) return JSON.stringify(JSON.parse(token));
    return token.trim();
  });
}

describe("what is read from JSON", () => {
  test("keeps every number digit for digit, and everything else", () => {
    // Objects with integer-like keys would be reordered by JavaScript; such keys are not generated as whole-number strings here.
    fc.assert(
      fc.property(jsonText, (text) => {
        fc.pre(!/"(?:0|[1-9][0-9]*)":/.test(text));
        expect(roundTrip(text)).toBe(expected(text));
      }),
      { numRuns: 500 },
    );
  });

  test("is JSON.parse where nothing would be lost", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/[0-9]{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(parseJson('{"a":9007199254740991,"b":-9007199254740991,"c":1.5e300,"d":0.1234567890123456789}')).toEqual({
      a: 9007199254740991,
      b: -9007199254740991,
      c: 1.5e300,
      d: 0.1234567890123456789,
    });
  });

  test.each([
    "9007199254740993",
    "-9007199254740993",
    "18446744073709551615",
    "1e400",
    "-1E+0400",
    "9".repeat(400),
    " 12345678901234567890 ",
  ])("keeps %s", (number) => {
    expect(JSON.stringify(parseJson(number))).toBe(number.trim());
    expect(roundTrip(`{"a":${number}}`)).toBe(`{"a":${number.trim()}}`);
    expect(roundTrip(`{"a":[1,${number}\n]}`)).toBe(`{"a":[1,${number.trim()}]}`);
    expect(roundTrip(`{"s":"\\"","a":${number},"b":"\\""}`)).toBe(`{"s":"\\"","a":${number.trim()},"b":"\\""}`);
    expect(roundTrip(`{"s":"\\\\","a":${number},"s2":"\\""}`)).toBe(`{"s":"\\\\","a":${number.trim()},"s2":"\\""}`);
  });

  test("a string of many megabytes may stand beside a long number", () => {
    for (const part of ["a", "\\n", '\\"', "1234567,"]) {
      const text = `{"s":"${part.repeat(8_000_000 / part.length)}","n":12345678901234567890}`;
      expect(roundTrip(text)).toBe(text);
    }
  });

  test("__proto__ is a field", () => {
    for (const text of ['{"__proto__":{"a":1}}', '{"__proto__":{"a":1},"n":12345678901234567890}']) {
      const value = parseJson(text) as object;
      expect(Object.keys(value)).toContain("__proto__");
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(encodeJson(value, "object")).toBe(text);
    }
  });

  test.each([
    "",
    " ",
    "{",
    '{"password":"hunter2"',
    '{"password":"hunter2"}}',
    "<html>hunter2</html>",
    "hunter2",
    '{"a":01}',
    '{"hunter2":"\u0001"}',
  ])("is not JSON: %j", (text) => {
    let error: unknown;
    try {
      parseJson(text, { verb: "get", path: "/api" });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).toContain("(get /api)");
    expect(String(error)).not.toContain("hunter2");
    expect((error as DecodeError).cause).toBeUndefined();
  });
});

describe("without JSON.rawJSON", () => {
  const real = json.rawJSON;
  afterEach(() => {
    json.rawJSON = real;
    vi.resetModules();
  });

  test("a number that would be rounded is refused, everything else parsed", async () => {
    vi.resetModules();
    json.rawJSON = undefined;
    const old = await import("./parse-json.ts");
    expect(old.parseJson('{"a":"1, 12345678901234567890 ,","b":10250}')).toEqual({
      a: "1, 12345678901234567890 ,",
      b: 10250,
    });
    expect(() => old.parseJson('{"a":12345678901234567890}')).toThrow(/would round/);
    const { encodeJson: encodeWithout } = await import("./encode-json.ts");
    expect(() => encodeWithout({ a: 1n }, "object")).toThrow(/bigint/);
  });
});
