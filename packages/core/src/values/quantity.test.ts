import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "../../../../test/support/cpu-time.ts";
import { InputError } from "../errors/input-error.ts";
import golden from "./golden/quantity.json" with { type: "json" };
import { Quantity, type QuantityInput } from "./quantity.ts";

// Kept on purpose: Go finds no suffix beyond E and writes the mantissa alone, "1" for 10^21.
const ours: Readonly<Record<string, string>> = { "1000E": "1000E" };

describe("as Kubernetes' own code", () => {
  test.each(golden.rows.map((row, index) => ({ ...row, before: golden.rows[index - 1]?.text ?? "" })))(
    "$text",
    ({ text, canonical, format, nano, before, compare, sum, less }) => {
      if (canonical === undefined) {
        expect(() => Quantity.parse(text)).toThrow(InputError);
        return;
      }
      const quantity = Quantity.parse(text);
      expect({ canonical: quantity.toString(), format: quantity.format, nano: `${quantity.nanos}` }).toEqual({
        canonical: ours[text] ?? canonical,
        format,
        nano,
      });
      if (compare === undefined) return;
      expect(quantity.compare(before)).toBe(compare);
      expect(quantity.add(before).toString()).toBe(sum);
      expect(quantity.subtract(before).toString()).toBe(less);
    },
  );
});

// Kept on purpose: Go's scanner takes text without a digit for zero, against its own grammar and the API's OpenAPI pattern.
test.each(["-", "+", ".", "-.", "Ki", "m", "e5", ".Gi", "-k"])("%j has no digit and is refused", (text) => {
  expect(() => Quantity.parse(text)).toThrow(InputError);
});

test("no scale is lost beyond E, by adding either", () => {
  expect(Quantity.parse("999E").add("1E").toString()).toBe("1000E");
  expect(Quantity.parse("1000000P").add("1E").toString()).toBe("1001E");
  expect(Quantity.parse("7Ei").add("7Ei").toString()).toBe("14Ei");
  expect(Quantity.parse("512Ei").toString()).toBe("9223372036854775807");
  expect(new Quantity(2n ** 70n * 10n ** 9n, "BinarySI").toString()).toBe("1024Ei");
});

describe("numbers", () => {
  test.each<[QuantityInput, string]>([
    [1, "1"],
    [0.5, "500m"],
    [1000, "1k"],
    [-2, "-2"],
    [0, "0"],
    [-0, "0"],
    [0.1, "100m"],
    [1e21, "1e21"],
    [1e-7, "100e-9"],
    [2 ** 53, "9007199254740992"],
  ])("%d is %s", (input, text) => {
    expect(Quantity.parse(input).toString()).toBe(text);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, null, {}, 5n, ["1"]])("%s is refused", (input) => {
    expect(() => Quantity.parse(input as number)).toThrow(InputError);
  });
});

test("an error shows the text and what a quantity looks like", () => {
  expect(() => Quantity.parse("1.5 GB")).toThrow(
    'Invalid quantity: "1.5 GB" is not a quantity; write a number and perhaps one of n u m',
  );
  expect(() => Quantity.parse("1e1001")).toThrow("exponent beyond 1000");
  expect(() => Quantity.parse("1e-1001")).toThrow("exponent beyond 1000");
  expect(() => Quantity.parse("1".repeat(1001))).toThrow(InputError);
});

test.each([
  ["1.1", 2n, 1100n, 1.1],
  ["-1.1", -2n, -1100n, -1.1],
  ["1n", 1n, 1n, 1e-9],
  ["-1n", -1n, -1n, -1e-9],
  ["1.5Gi", 1610612736n, 1610612736000n, 1610612736],
  ["0", 0n, 0n, 0],
  ["250m", 1n, 250n, 0.25],
  ["0.3", 1n, 300n, 0.3],
  ["12345678901234567890", 12345678901234567890n, 12345678901234567890000n, 12345678901234567890],
])("%s as whole units, thousandths and double", (text, units, milli, number) => {
  const quantity = Quantity.parse(text);
  expect([quantity.toBigInt(), quantity.toMilli(), quantity.toNumber()]).toEqual([units, milli, number]);
});

test("it goes into JSON as text and compares by value", () => {
  expect(JSON.stringify({ memory: Quantity.parse("1.5Gi") })).toBe('{"memory":"1536Mi"}');
  expect(Quantity.parse("9") < Quantity.parse("10")).toBe(true);
  expect(`${Quantity.parse("0.5")}`).toBe("500m");
  expect("cpu: " + Quantity.parse("0.5")).toBe("cpu: 500m");
});

test("operations leave their operands alone", () => {
  const one = Quantity.parse("1Gi");
  one.add("1").subtract(one).negate();
  expect(one).toEqual(Quantity.parse("1Gi"));
  expect(Quantity.parse(one)).toBe(one);
});

describe("any input", () => {
  const suffix = fc.constantFrom(
    "",
    "n",
    "u",
    "m",
    "k",
    "M",
    "G",
    "T",
    "P",
    "E",
    "Ki",
    "Mi",
    "Gi",
    "Ti",
    "e3",
    "E-6",
    "e20",
  );
  const number = fc.stringMatching(/^-?\d{1,6}(\.\d{1,6})?$/);
  const quantity = fc.tuple(number, suffix).map(([digits, unit]) => Quantity.parse(digits + unit));

  test("parses, or throws an InputError", () => {
    const piece = fc.constantFrom("1", "0", ".", "-", "+", "e", "E", "K", "i", "m", "Ki", " ", "٣");
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(fc.oneof(text, fc.double(), fc.anything()), (input) => {
        try {
          expect(Quantity.parse(Quantity.parse(input as string).toString()).toString()).toBe(
            Quantity.parse(input as string).toString(),
          );
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("the canonical text stands for the same value, and arithmetic is exact", () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        expect(Quantity.parse(a.toString()).nanos).toBe(a.nanos);
        expect(a.add(b).nanos).toBe(a.nanos + b.nanos);
        expect(a.add(b).subtract(b).compare(a)).toBe(0);
        expect(a.compare(b)).toBe(-b.compare(a) + 0);
        expect(a.negate().negate()).toEqual(a);
      }),
    );
  });

  test.each(["1", ".", "e", "-", "0.", "Ki"])("a megabyte of %j is refused at once", async (unit) => {
    const text = unit.repeat(1_000_000);
    const ms = await cpuMs(() => expect(() => Quantity.parse(text)).toThrow(InputError));
    expect(ms).toBeLessThan(100);
  });
});
