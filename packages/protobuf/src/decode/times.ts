/** 0001-01-01T00:00:00Z, Go's zero of times, in seconds since 1970. */
export const zeroTime = -62135596800;
// The years of four digits, likewise.
const year0 = -62167219200;
const year10000 = 253402300800;

/** The texts of seconds that were asked for last: objects are full of the same ones. */
const slots = 1024;
const seconds: Float64Array = new Float64Array(slots).fill(Number.NaN);
const texts: string[] = Array.from({ length: slots }, () => "");

/** RFC 3339 without a fraction, as Go writes it. */
export function timeText(second: number | bigint): string {
  if (typeof second === "bigint" || second < year0 || second >= year10000) return `${farText(BigInt(second))}Z`;
  const slot = second & (slots - 1);
  if (seconds[slot] === second) return texts[slot]!;
  const text = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
  seconds[slot] = second;
  texts[slot] = text;
  return text;
}

/** The same with six digits of a fraction; `microseconds` may be below zero or more than a second. */
export function microTimeText(second: number | bigint, microseconds: number): string {
  const carry = Math.floor(microseconds / 1e6);
  const whole = carry === 0 ? second : BigInt(second) + BigInt(carry);
  const fraction = String(microseconds - carry * 1e6).padStart(6, "0");
  return `${timeText(Number.isSafeInteger(Number(whole)) ? Number(whole) : whole).slice(0, -1)}.${fraction}Z`;
}

/** Seconds of 400 years, after which the calendar begins anew. */
const perCycle = 146097n * 86400n;
/** The year from whose 1st of March on Go counts seconds, in 64 bits that overflow (time/time.go, absoluteYears). */
const firstYear = -292277022400n;
const firstSecond = BigInt(Date.UTC(2000, 2) / 1000) - ((2000n - firstYear) / 400n) * perCycle;

/** Years that JavaScript's dates write otherwise, or do not have. */
function farText(second: bigint): string {
  const since = BigInt.asUintN(64, second - firstSecond);
  const cycle = since / perCycle;
  const alike = new Date(Date.UTC(2000, 2) + Number(since % perCycle) * 1000);
  const year = firstYear + cycle * 400n + BigInt(alike.getUTCFullYear() - 2000);
  const digits = String(year < 0n ? -year : year).padStart(4, "0");
  return `${year < 0n ? "-" : ""}${digits}${alike.toISOString().slice(4, 19)}`;
}
