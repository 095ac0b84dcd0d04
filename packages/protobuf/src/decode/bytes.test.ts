import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The module as it is in Node, and as it is where there is no Buffer. */
async function load(place: string) {
  if (place === "a page") vi.stubGlobal("Buffer", undefined);
  return import("./bytes.ts");
}

/** What Go's encoding/json makes of text: each byte that is no UTF-8 becomes U+FFFD. */
function asGo(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((count) => {
      try {
        const decoded = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
          bytes.subarray(at, at + count),
        );
        return at + count <= bytes.length && decoded !== "";
      } catch {
        return false;
      }
    });
    text +=
      length === undefined
        ? "\uFFFD"
        : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at, at + length));
    at += length ?? 1;
  }
  return text;
}

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
  fc
    .array(fc.constantFrom(0x61, 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xef, 0xbb, 0xbf))
    .map((bytes) => Uint8Array.from(bytes)),
);

describe.each(["Node", "a page"])("in %s", (place) => {
  test("UTF-8 is text as Go has it", async () => {
    const { utf8 } = await load(place);
    fc.assert(
      fc.property(anyBytes, fc.nat(3), fc.nat(3), (bytes, before, after) => {
        const around = new Uint8Array(before + bytes.length + after).fill(0xc3);
        around.set(bytes, before);
        expect(utf8(around, before, before + bytes.length)).toBe(asGo(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  test("ASCII and base64", async () => {
    const { ascii, base64 } = await load(place);
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 40 }), (text) => {
        expect(ascii(new TextEncoder().encode(`<${text}>`), 1, text.length + 1)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const expected = btoa(String.fromCharCode(...bytes));
        expect(base64(Uint8Array.of(1, ...bytes, 2), 1, bytes.length + 1)).toBe(expected);
      }),
    );
    const many = new Uint8Array(20_000).map((_, i) => i % 251);
    expect(atob(base64(many, 0, many.length))).toBe(Array.from(many, (byte) => String.fromCharCode(byte)).join(""));
  });
});
