import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "../../../../test/support/cpu-time.ts";
import { InputError } from "../errors/input-error.ts";
import { fieldSelectorText } from "./field-selector.ts";
import golden from "./golden/field-selector.json" with { type: "json" };

function refused(call: () => unknown): InputError | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

describe("field selectors are read as Kubernetes' own code reads them", () => {
  test.each(golden.rows)("$text", ({ text, ok, map }) => {
    expect(refused(() => fieldSelectorText(text))?.field).toBe(ok ? undefined : "fieldSelector");
    if (ok) expect(fieldSelectorText(text)).toBe(text);
    if (map !== undefined) expect(fieldSelectorText(map as unknown as Record<string, string>)).toBe(text);
  });
});

test.each<[unknown, string]>([
  [undefined, "must be text or a map"],
  [["a=b"], "must be text or a map"],
  [new Map([["a", "b"]]), "must be text or a map"],
  [{ a: undefined }, "must be text, not undefined"],
  [{ a: null }, "must be text, not null"],
  [{ a: 1 }, "must be text, not number"],
  [{ "": "x" }, '"" cannot be a field'],
  [{ "a=b,c": "x" }, "cannot be a field"],
  [{ "a!": "x" }, "cannot be a field"],
  [{ "a\\": "x" }, "cannot be a field"],
])("%j is refused", (input, message) => {
  const error = refused(() => fieldSelectorText(input as string));
  expect(error?.message).toContain(message);
  expect(error?.field).toBe("fieldSelector");
});

test("a map's fields are sorted, so that equal maps give equal text", () => {
  expect(fieldSelectorText({ "status.phase": "Running", "metadata.name": "a" })).toBe(
    "metadata.name=a,status.phase=Running",
  );
});

test("an error names the term and the mend", () => {
  expect(refused(() => fieldSelectorText("a=b,c"))?.message).toBe(
    'Invalid fieldSelector: "c" has no operator; write field=value or field!=value',
  );
  expect(refused(() => fieldSelectorText("a=b=c"))?.message).toContain("write '\\='");
  expect(refused(() => fieldSelectorText("a=b\\c"))?.message).toContain("escapes nothing");
});

// The server's reading, by the rules of pkg/fields: what a map says must come back.
function read(text: string): Record<string, string> {
  const terms = text.match(/(?:[^\\,]|\\[^])+/g) ?? [];
  return Object.fromEntries(
    terms.map((term) => {
      const at = term.indexOf("=");
      return [term.slice(0, at), term.slice(at + 1).replaceAll(/\\([^])/g, "$1")];
    }),
  );
}

describe("any input to a field selector", () => {
  test("is accepted, or throws an InputError", () => {
    const piece = fc.constantFrom("a", "=", "==", "!=", "!", ",", "\\", " ", "é");
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(fc.oneof(text, fc.anything()), (input) => void refused(() => fieldSelectorText(input as string))),
      { numRuns: 2000 },
    );
  });

  test("a map's text is accepted and reads back as the map", () => {
    const field = fc.stringMatching(/^[a-z]{1,5}(\.[a-zA-Z]{1,5}){0,2}$/);
    fc.assert(
      fc.property(
        fc.dictionary(field, fc.string({ unit: fc.constantFrom("a", "\\", ",", "=", "!", " ", "é") })),
        (map) => {
          const text = fieldSelectorText(map);
          expect(fieldSelectorText(text)).toBe(text);
          expect(read(text)).toEqual({ ...map });
        },
      ),
    );
  });

  test.each(["\\", ",", "=", "a=b,", "\\,"])("a megabyte of %j takes linear time", async (unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    const ms = await cpuMs(() => {
      refused(() => fieldSelectorText(text));
      refused(() => fieldSelectorText(`a=${text}`));
      refused(() => fieldSelectorText({ a: text }));
    });
    expect(ms).toBeLessThan(1000);
  });
});
