import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTime } from "./read-time.ts";

const offset = fc.oneof(
  fc.constantFrom({ text: "Z", seconds: 0 }, { text: "-24:60", seconds: -90_000 }),
  fc.tuple(fc.constantFrom("+", "-"), fc.nat(14), fc.nat(59)).map(([sign, hours, minutes]) => ({
    text: `${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`,
    seconds: (hours * 60 + minutes) * 60 * (sign === "-" ? -1 : 1),
  })),
);
const fraction = fc
  .tuple(fc.constantFrom(".", ","), fc.stringMatching(/^\d{1,12}$/))
  .map(([point, digits]) => ({ text: point + digits, nanos: Number(digits.slice(0, 9).padEnd(9, "0")) }));
const date = fc.date({
  min: new Date("0000-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59Z"),
  noInvalidDate: true,
});

describe("a time in RFC 3339", () => {
  test("of any year, fraction and offset is the moment that it means", () => {
    fc.assert(
      fc.property(date, fc.option(fraction), offset, (local, part, zone) => {
        const text = local.toISOString().slice(0, 19) + (part?.text ?? "") + zone.text;
        expect(readTime(text)).toEqual({
          seconds: Math.floor(local.getTime() / 1000) - zone.seconds,
          nanos: part?.nanos ?? 0,
        });
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["0001-01-01T00:00:00Z", -62_135_596_800],
    ["2000-02-29T00:00:00Z", 951_782_400],
    ["2026-01-31T1:00:00Z", 1_769_821_200],
  ])("%s is %i", (text, seconds) => {
    expect(readTime(text)).toEqual({ seconds, nanos: 0 });
  });

  test.each([
    "",
    "2026-01-31",
    "2026-01-31T12:00:00",
    "2026-01-31 12:00:00Z",
    "2026-01-31t12:00:00z",
    "2026-01-31T12:00Z",
    "2026-01-31T12:00:00.Z",
    "2026-01-31T12:00:00+0200",
    "2026-01-31T12:00:00+25:00",
    "2026-01-31T12:00:00+02:61",
    "2026-01-31T12:00:00Zx",
    "2026-00-31T12:00:00Z",
    "2026-13-31T12:00:00Z",
    "2026-01-00T12:00:00Z",
    "2026-04-31T12:00:00Z",
    "2026-02-29T12:00:00Z",
    "1900-02-29T12:00:00Z",
    "2026-01-31T24:00:00Z",
    "2026-01-31T12:60:00Z",
    "2026-01-31T12:00:60Z",
    "2O26-01-31T12:00:00Z",
    "+2026-01-31T12:00:0Z",
    "2026-01-31T1:0:000:0Z",
  ])("%j is none, as to Go", (text) => {
    expect(readTime(text)).toBeUndefined();
  });
});
