import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { microTimeText, timeText } from "./times.ts";

/** By counting whole years, months and days. */
function slowText(second: number): string {
  const day = Math.floor(second / 86400);
  const clock = second - day * 86400;
  let year = 1970 + Math.floor(day / 365.2425);
  const start = (of: number): number => {
    const before = of - 1;
    return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 719162;
  };
  while (start(year) > day) year--;
  while (start(year + 1) <= day) year++;
  let rest = day - start(year);
  const isLeap = start(year + 1) - start(year) === 366;
  const months = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const month = months.findIndex((days) => rest < days || ((rest -= days), false));
  const two = (value: number): string => String(value).padStart(2, "0");
  const digits = `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}`;
  return `${digits}-${two(month + 1)}-${two(rest + 1)}T${two(Math.floor(clock / 3600))}:${two(Math.floor(clock / 60) % 60)}:${two(clock % 60)}Z`;
}

describe("times as Go writes them", () => {
  test.each<readonly [number | bigint, string]>([
    [0, "1970-01-01T00:00:00Z"],
    [-1, "1969-12-31T23:59:59Z"],
    [951782400, "2000-02-29T00:00:00Z"],
    [253402300799, "9999-12-31T23:59:59Z"],
    [253402300800, "10000-01-01T00:00:00Z"],
    [-62135596799, "0001-01-01T00:00:01Z"],
    [-62167219200, "0000-01-01T00:00:00Z"],
    [-62167219201, "-0001-12-31T23:59:59Z"],
    [9223372036854775807n, "292277026596-12-04T15:30:07Z"],
    [-9223372036854775808n, "292277026596-12-04T15:30:08Z"],
    [9223371974719179007n, "292277024627-12-06T15:30:07Z"],
    [9223371974719179006n, "292277024627-12-06T15:30:06Z"],
    [1152921504606846976n, "36534630048-05-13T13:56:16Z"],
    [-1152921504606846976n, "-36534626109-08-20T10:03:44Z"],
    [8640000000001n, "275760-09-13T00:00:01Z"],
    [-8640000000001n, "-271821-04-19T23:59:59Z"],
    [9007199254740993n, "285428751-11-12T07:36:33Z"],
    [-9007199254740993n, "-285424812-02-20T16:23:27Z"],
    [67768036191676799n, "2147485547-12-31T23:59:59Z"],
    [67768040609740800n, "2147485688-01-01T00:00:00Z"],
    [-67768040609740800n, "-2147481748-01-01T00:00:00Z"],
  ])("%s", (second, text) => {
    expect(timeText(second)).toBe(text);
  });

  test("of all years that JavaScript can count the seconds of", () => {
    const seconds = fc.oneof(
      fc.integer({ min: -1e9, max: 4e9 }),
      fc.integer({ min: -70_000_000_000, max: 300_000_000_000 }),
      fc.integer({ min: -1e15, max: 1e15 }),
    );
    fc.assert(
      fc.property(seconds, (second) => {
        expect(timeText(second)).toBe(slowText(second));
        // A second time it may be remembered.
        expect(timeText(second)).toBe(slowText(second));
        expect(timeText(second + 1024)).toBe(slowText(second + 1024));
      }),
      { numRuns: 2000 },
    );
  });

  test.each<readonly [number | bigint, number, string]>([
    [5, 0, "1970-01-01T00:00:05.000000Z"],
    [5, 1, "1970-01-01T00:00:05.000001Z"],
    [10, -1, "1970-01-01T00:00:09.999999Z"],
    [10, 2_147_483, "1970-01-01T00:00:12.147483Z"],
    [9223372036854775807n, 2_147_483, "292277026596-12-04T15:30:09.147483Z"],
    [-62167219200, -1, "-0001-12-31T23:59:59.999999Z"],
  ])("%s seconds and %s microseconds", (second, microseconds, text) => {
    expect(microTimeText(second, microseconds)).toBe(text);
  });
});
