import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Listing } from "./listing.ts";

const name = fc
  .string({
    unit: fc.constantFrom("a", "/", "ö", "\n", "\\", "n", "0", "3", "\t", '"', " ", "\u0007", "😀"),
    minLength: 1,
    maxLength: 12,
  })
  .map((text) => `copy/${text}`);
const names = fc.array(name, { minLength: 1, maxLength: 12 });

/** As GNU's `tar` writes it; without a locale all that is not ASCII is octal. */
function escaped(text: string, ascii: boolean): string {
  const letters: Record<string, string> = { "\n": "\\n", "\\": "\\\\", "\t": "\\t", "\u0007": "\\a" };
  const octal = (char: string): string =>
    [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return Array.from(text, (char) => letters[char] ?? (ascii && char > "~" ? octal(char) : char)).join("");
}

const forms = {
  busybox: (text: string) => text,
  "GNU in UTF-8": (text: string) => escaped(text, false),
  "GNU without a locale": (text: string) => escaped(text, true),
};

function listed(sent: readonly string[], output: Uint8Array, step: number): string | undefined {
  const listing = new Listing();
  for (const each of sent) listing.sent(each);
  for (let at = 0; at < output.length; at += step) listing.push(output.subarray(at, at + step));
  return listing.whatIsMissing();
}

describe.each(Object.entries(forms))("what %s lists", (_, write) => {
  test("of all that was sent, in pieces of any size, is whole", () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 30 }), (sent, step) => {
        const output = Buffer.from(sent.map((each) => `${write(each)}\n`).join(""));
        expect(listed(sent, output, step)).toBeUndefined();
      }),
    );
  });

  test("cut anywhere is not", () => {
    fc.assert(
      fc.property(names, fc.nat(), (sent, at) => {
        const output = Buffer.from(sent.map((each) => `${write(each)}\n`).join(""));
        expect(listed(sent, output.subarray(0, at % output.length), 7)).toMatch(/tar in the container listed/);
      }),
    );
  });
});

test("another name, one more, or one in another place is not what was sent", () => {
  const wrong = (output: string): string | undefined => listed(["copy/a", "copy/b"], Buffer.from(output), 3);
  expect(wrong("copy/a\ncopy/b\n")).toBeUndefined();
  expect(wrong("copy/a/\ncopy/b\n")).toBeUndefined();
  for (const output of [
    "copy/a\ncopy/c\n",
    "copy/a\ncopy/b\ncopy/c\n",
    "copy/b\ncopy/a\n",
    "x copy/a\nx copy/b\n",
    "copy/ab\n",
  ])
    expect(wrong(output)).toMatch(/tar in the container listed/);
  expect(wrong("copy/a\n")).toBe("tar in the container listed 1 of the 2 entries that it was sent");
});
