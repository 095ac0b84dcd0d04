import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "../../../../test/support/cpu-time.ts";
import { InputError } from "../errors/input-error.ts";
import type { LabelSelectorInput } from "../types/options.ts";
import objects from "./golden/label-selector-object.json" with { type: "json" };
import texts from "./golden/label-selector.json" with { type: "json" };
import { requirementsText } from "./label-requirement.ts";
import { labelRequirements, labelSelectorText, matchesLabels } from "./label-selector.ts";

// The list that test/fixtures/go/selectors.go matches every selector with.
const labelSets: Record<string, string>[] = [
  {},
  { a: "b" },
  { a: "x" },
  { a: "" },
  { a: "10" },
  { a: "9223372036854775807" },
  { a: "9223372036854775808" },
  { a: "b", b: "c", in: "notin" },
  { "example.com/a": "b", notin: "in" },
  { constructor: "x" },
];

function refused(call: () => unknown): InputError | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function matches(selector: LabelSelectorInput): string {
  return labelSets.map((labels) => (matchesLabels(selector, labels) ? "1" : "0")).join("");
}

// Go sorts requirements by key alone, with an unstable sort: those of one key may come in any order.
function sorted(canonical: string): string[] {
  return canonical.split(/,(?![^(]*\))/).sort();
}

describe("label selectors are read as Kubernetes' own code reads them", () => {
  test.each(texts.rows)("text $text", ({ text, ok, canonical = "", matches: chosen }) => {
    const error = refused(() => labelSelectorText(text));
    expect(error?.field).toBe(ok ? undefined : "labelSelector");
    if (!ok) return;
    expect(labelSelectorText(text)).toBe(text);
    expect(sorted(requirementsText(labelRequirements(text)))).toEqual(sorted(canonical));
    expect(matches(text)).toBe(chosen);
  });

  test.each(objects.rows)("object $selector", ({ selector, ok, canonical = "", matches: chosen }) => {
    const input = selector as LabelSelectorInput;
    expect(refused(() => labelSelectorText(input)) === undefined).toBe(ok);
    if (!ok) return;
    expect(labelSelectorText(input)).toBe(canonical);
    expect(matches(input)).toBe(chosen);
  });
});

describe("maps and selector objects", () => {
  test.each<[LabelSelectorInput, string]>([
    [{}, ""],
    [{ app: "web", "example.com/tier": "" }, "app=web,example.com/tier="],
    [{ matchLabels: "x" }, "matchLabels=x"],
    [{ matchLabels: "x", matchExpressions: "y" }, "matchExpressions=y,matchLabels=x"],
    [{ matchLabels: {} }, ""],
    [{ matchLabels: { matchLabels: "x" } }, "matchLabels=x"],
  ])("%j is %s", (input, text) => {
    expect(labelSelectorText(input)).toBe(text);
  });

  test.each<[unknown, string]>([
    [undefined, "not undefined"],
    [null, "not null"],
    [5, "not number"],
    [["app=web"], "not a list"],
    [new Map([["app", "web"]]), "not an object"],
    [{ app: undefined }, 'label "app" must be text, not undefined'],
    [{ app: 1 }, 'label "app" must be text, not number'],
    [{ matchLabels: undefined }, "must be text"],
    [{ matchLabels: null }, "matchLabels must be a map"],
    [{ matchLabels: [] }, "matchLabels must be a map"],
    [{ matchLabels: { app: undefined } }, "must be text, not undefined"],
    [{ matchLabels: { app: "web" }, matchExpresions: [] }, 'label "matchLabels" must be text'],
    [{ matchExpressions: {} }, "must be a list"],
    [{ matchExpressions: ["a"] }, "matchExpressions[0] must be an object"],
    [{ matchExpressions: [{ operator: "In" }] }, "matchExpressions[0].key"],
    [{ matchExpressions: [{ key: "a", operator: "toString" }] }, "matchExpressions[0].operator must be In, NotIn"],
    [{ matchExpressions: [{ key: "a", operator: "In", values: "b" }] }, "must be a list of texts"],
    [{ matchExpressions: [{ key: "a", operator: "In", values: [1] }] }, "must be a list of texts"],
    [JSON.parse('{"__proto__":"x"}'), '"__proto__": a label key'],
  ])("%j is refused", (input, message) => {
    const error = refused(() => labelSelectorText(input as LabelSelectorInput));
    expect(error?.message).toContain(message);
    expect(error?.field).toBe("labelSelector");
  });

  test("an expression without values may hold null, as manifests do", () => {
    const input = { matchExpressions: [{ key: "a", operator: "Exists", values: null }] };
    expect(labelSelectorText(input as unknown as LabelSelectorInput)).toBe("a");
  });
});

describe("matching", () => {
  test.each<[LabelSelectorInput, Record<string, string> | undefined, boolean]>([
    ["", undefined, true],
    ["!a", undefined, true],
    ["a", undefined, false],
    ["constructor", {}, false],
    ["toString!=x", {}, true],
    [{ matchLabels: { a: "b" }, matchExpressions: [{ key: "c", operator: "NotIn", values: ["d"] }] }, { a: "b" }, true],
    ["a>5", { a: "+6" }, true],
    ["a>5", { a: "6.0" }, false],
    ["a<0", { a: "-00009223372036854775808" }, true],
    ["a<0", { a: "-9223372036854775809" }, false],
    ["a<1", { a: "0" }, true],
    ["a<1", { a: "" }, false],
    ["a>5", { a: `${"0".repeat(1_000_000)}x` }, false],
    ["a>5", { a: "9".repeat(1_000_000) }, false],
  ])("%j on %j: %j", (selector, labels, expected) => {
    expect(matchesLabels(selector, labels)).toBe(expected);
  });
});

test("an error names the place and what would be right there", () => {
  expect(refused(() => labelSelectorText("app=web,tier (a)"))?.message).toBe(
    'Invalid labelSelector: "app=web,tier (a)": found "(" at position 14, expected \',\' or one of = == != > < in notin',
  );
  expect(refused(() => labelSelectorText("app=we b"))?.message).toContain('found "b" at position 8');
  expect(refused(() => labelSelectorText("app in (a"))?.message).toContain("found the end");
});

test("a NUL is refused: the API server would take it for the end and choose more", () => {
  expect(refused(() => labelSelectorText("app=web\0,tier=x"))?.message).toContain("NUL");
  expect(refused(() => labelSelectorText("\0app=web"))?.message).toContain("NUL");
});

describe("any input to a label selector", () => {
  const piece = fc.constantFrom(
    "a",
    "b/c",
    "in",
    "notin",
    "=",
    "==",
    "!=",
    "!",
    "(",
    ")",
    ",",
    ">",
    "<",
    " ",
    "\t",
    "7",
    "-",
    "é",
    "",
  );

  test("parses, or throws an InputError", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(fc.oneof(text, fc.anything()), (input) => {
        refused(() => labelSelectorText(input as string));
      }),
      { numRuns: 2000 },
    );
  });

  const key = fc.stringMatching(/^([a-z]([a-z0-9-]{0,6}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,6}[A-Za-z0-9])?$/);
  const value = fc.stringMatching(/^([A-Za-z0-9]([\w.-]{0,6}[A-Za-z0-9])?)?$/);

  test("a map chooses what holds it, also as its own text", () => {
    fc.assert(
      fc.property(fc.dictionary(key, value), fc.dictionary(key, value), (wanted, more) => {
        expect(matchesLabels(wanted, { ...more, ...wanted })).toBe(true);
        expect(matchesLabels(labelSelectorText(wanted), { ...more, ...wanted })).toBe(true);
        expect(matchesLabels(wanted, more)).toBe(
          Object.entries(wanted).every(([k, v]) => Object.hasOwn(more, k) && more[k] === v),
        );
      }),
    );
  });

  test("canonical text reads back as the same requirements", () => {
    const expression = fc.oneof(
      fc.record({
        key,
        operator: fc.constantFrom("In", "NotIn"),
        values: fc.uniqueArray(value, { minLength: 1, maxLength: 4 }),
      }),
      fc.record({ key, operator: fc.constantFrom("Exists", "DoesNotExist") }),
    );
    fc.assert(
      fc.property(fc.array(expression, { maxLength: 6 }), (matchExpressions) => {
        const text = labelSelectorText({ matchExpressions });
        expect(requirementsText(labelRequirements(text))).toBe(text);
      }),
    );
  });

  test.each(["(", "a in (", " ", "a,", "=", "a!", "!", "a-", "a=b,"])(
    "a megabyte of %j takes linear time",
    async (unit) => {
      const text = unit.repeat(1_000_000 / unit.length);
      const ms = await cpuMs(() => {
        refused(() => labelSelectorText(text));
        refused(() => labelSelectorText(`a=${text}`));
        refused(() => labelSelectorText({ [text]: text }));
      });
      expect(ms).toBeLessThan(2000);
    },
  );
});
