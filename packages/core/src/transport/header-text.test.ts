import fc from "fast-check";
import { expect, test } from "vitest";
import { headerBytes, headerProblem, headerText } from "./header-text.ts";

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

test("any text comes back as it was, by way of UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = headerBytes(text);
      expect(bytes).toBe(latin1(new TextEncoder().encode(text)));
      expect(headerText(bytes)).toBe(text);
    }),
  );
});

test("any bytes are read as a platform's decoder reads them, and bytes that it would replace stay Latin-1", () => {
  const edges = [
    0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5,
  ];
  const byte = fc.oneof(fc.constantFrom(...edges), fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 6 }), (given) => {
      const bytes = Uint8Array.from(given);
      let text = headerText(latin1(bytes));
      // Each byte that the decoder replaces stands for itself.
      for (let at = 0; at < given.length;) {
        const length =
          [1, 2, 3, 4].find((size) => isUtf8(bytes.subarray(at, at + size)) && at + size <= given.length) ?? 0;
        const expected =
          length === 0 ? latin1(bytes.subarray(at, at + 1)) : lenient.decode(bytes.subarray(at, at + length));
        expect(text.slice(0, expected.length)).toBe(expected);
        text = text.slice(expected.length);
        at += Math.max(1, length);
      }
      expect(text).toBe("");
    }),
    { numRuns: 3000 },
  );
});

test("values that are joined mean what each means alone", () => {
  const value = fc.array(fc.nat(255), { maxLength: 5 }).map((list) => latin1(Uint8Array.from(list)));
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(headerText(`${a}, ${b}`)).toBe(`${headerText(a)}, ${headerText(b)}`);
    }),
  );
});

test.each(["", "a b\tc", "Größe", "大小 €", "😀", "\u00a0", "\u0085", "a\u2028b"])("%j may be a value", (text) => {
  expect(headerProblem(text)).toBeUndefined();
});

test.each(["a\nb", "\r", "\0", "\x7f", "\x1b[0m", "\ud800", "a\udfff", "\udc00\ud800", " a", "a ", "\ta"])(
  "%j may not",
  (text) => {
    expect(headerProblem(text)).toMatch(/; \w+/);
  },
);
