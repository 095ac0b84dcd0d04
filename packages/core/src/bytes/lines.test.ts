import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "../../../../test/support/cpu-time.ts";
import { encode } from "../../../../test/support/text.ts";
import { DecodeError, LimitError } from "../errors/body-errors.ts";
import { createLineSplitter } from "./lines.ts";

function split(text: string, sizes: readonly number[], limit = 1000): string[] {
  const splitter = createLineSplitter(limit, "the line");
  const bytes = encode(text);
  const lines: string[] = [];
  for (let i = 0, n = 0; i < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    lines.push(...splitter.push(bytes.subarray(i, i + size)));
    i += size;
  }
  const rest = splitter.flush();
  return rest === undefined ? lines : [...lines, rest];
}

describe("a line splitter", () => {
  test("gives the same lines however the bytes are cut", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "\r", "ä", "€", "😀", "\uFEFF", "\u2028", "\u0000") });
    fc.assert(
      fc.property(
        fc.array(line),
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }).filter((sizes) => sizes.some(Boolean)),
        (lines, ended, sizes) => {
          const text = lines.join("\n") + (ended && lines.length > 0 ? "\n" : "");
          const expected = text.split("\n");
          if (expected.at(-1) === "") expected.pop();
          expect(split(text, sizes)).toEqual(expected);
        },
      ),
    );
  });

  test("keeps \\r, as kubectl does, and empty lines", () => {
    expect(split("a\r\n\n\nb", [100])).toEqual(["a\r", "", "", "b"]);
  });

  test("gives a line as soon as it ends", () => {
    const splitter = createLineSplitter(10, "the line");
    expect(splitter.push(encode("a"))).toEqual([]);
    expect(splitter.push(encode("b\nc"))).toEqual(["ab"]);
    expect(splitter.push(encode("\nd\n"))).toEqual(["c", "d"]);
    expect(splitter.flush()).toBeUndefined();
  });

  test("replaces bytes that are not UTF-8, or refuses them", () => {
    const bytes = new Uint8Array([0x61, 0xe2, 0x82, 0x0a, 0xff, 0x0a]);
    expect(createLineSplitter(10, "the line").push(bytes)).toEqual(["a\uFFFD", "\uFFFD"]);
    expect(() => createLineSplitter(10, "the line", { fatal: true }).push(bytes)).toThrow(DecodeError);
  });

  test("has a ceiling for each line, however it comes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (lengths, size, ended) => {
          const text = lengths.map((length) => "a".repeat(length)).join("\n") + (ended ? "\n" : "");
          if (lengths.every((length) => length <= 10)) split(text, [size], 10);
          else expect(() => split(text, [size], 10)).toThrow(LimitError);
        },
      ),
    );
    const request = { verb: "get", path: "/log" };
    expect(() => createLineSplitter(3, "the log line", { request }).push(encode("abcd"))).toThrow(
      "TooLarge: the log line is larger than 3 bytes; ask for less, or check that an API server answers there (get /log)",
    );
  });

  test("takes time in proportion to the line's length", async () => {
    const splitter = createLineSplitter(1e9, "the line");
    const chunk = encode("a".repeat(64));
    const ms = await cpuMs(() => {
      for (let i = 0; i < 200_000; i++) splitter.push(chunk);
      expect(splitter.push(encode("\n"))[0]).toHaveLength(200_000 * 64);
    });
    expect(ms).toBeLessThan(2000); // a quadratic one needs minutes
  });
});
