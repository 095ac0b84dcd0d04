import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../errors/input-error.ts";
import golden from "./golden/resource-version.json" with { type: "json" };
import { compareResourceVersions } from "./resource-version.ts";

test.each(golden.rows)("as Kubernetes' own code: $a and $b", ({ a, b, compare }) => {
  if (compare === undefined) expect(() => compareResourceVersions(a, b)).toThrow(InputError);
  else expect(compareResourceVersions(a, b)).toBe(compare);
});

test("an error names the field and the version", () => {
  expect(() => compareResourceVersions("12", "0")).toThrow(
    'Invalid resourceVersion: "0" is not a decimal number above zero',
  );
  expect(() => compareResourceVersions(undefined as unknown as string, "1")).toThrow(InputError);
  expect(() => compareResourceVersions("1", 5n as unknown as string)).toThrow(InputError);
});

test("the order is that of the numbers, whatever their length", () => {
  const version = fc.bigInt({ min: 1n, max: 10n ** 40n });
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(compareResourceVersions(`${a}`, `${b}`)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test("any text compares, or throws an InputError, in linear time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      try {
        expect(compareResourceVersions(text, text)).toBe(0);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
  );
  const long = "9".repeat(1_000_000);
  expect(compareResourceVersions(long, `${long}0`)).toBe(-1);
  expect(() => compareResourceVersions(`${long}x`, long)).toThrow(InputError);
});
