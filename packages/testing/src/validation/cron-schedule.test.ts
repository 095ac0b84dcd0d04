import fc from "fast-check";
import { expect, test } from "vitest";
import { wrongSchedule, wrongTimeZone } from "./cron-schedule.ts";

const bounds: readonly (readonly [least: number, most: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** A part of a field: a number, a span or everything, each with or without a step. */
const part = (least: number, most: number): fc.Arbitrary<string> => {
  const number = fc.integer({ min: least, max: most });
  const span = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const start = fc.oneof(number.map(String), span, fc.constantFrom("*", "?"));
  const step = fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined });
  return fc.tuple(start, step).map(([from, by]) => (by === undefined ? from : `${from}/${by}`));
};
const fields = bounds.map(([least, most]) => fc.array(part(least, most), { minLength: 1, maxLength: 3 }));

test("whatever keeps to the bounds is a schedule", () => {
  fc.assert(
    fc.property(fc.tuple(...fields), (parts) => {
      expect(wrongSchedule(parts.map((one) => one.join(",")).join(" "))).toEqual([]);
    }),
  );
});

test("what is beyond them is named", () => {
  fc.assert(
    fc.property(fc.nat({ max: 4 }), fc.integer({ min: 60, max: 999 }), (place, number) => {
      const text = bounds.map((_, index) => (index === place ? String(number) : "*")).join(" ");
      expect(wrongSchedule(text)).toEqual([`end of range (${number}) above maximum (${bounds[place]![1]}): ${number}`]);
    }),
  );
});

test("a time zone has a name, and one that somebody knows", () => {
  expect(wrongTimeZone("Europe/Berlin")).toEqual([]);
  expect(wrongTimeZone("Europe/Atlantis")).toEqual(["unknown time zone Europe/Atlantis"]);
  expect(wrongTimeZone("+01:00")).toEqual(["unknown time zone +01:00"]);
});
