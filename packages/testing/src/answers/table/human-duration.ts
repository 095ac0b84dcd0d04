const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** From how long on a duration is told in which two units; the second is left out where it is zero. */
const steps: readonly (readonly [below: number, unit: number, letter: string, rest: number, restLetter: string])[] = [
  [2 * minute, second, "s", 0, ""],
  [10 * minute, minute, "m", second, "s"],
  [3 * hour, minute, "m", 0, ""],
  [8 * hour, hour, "h", minute, "m"],
  [2 * day, hour, "h", 0, ""],
  [8 * day, day, "d", hour, "h"],
  [2 * year, day, "d", 0, ""],
  [8 * year, year, "y", day, "d"],
  [Infinity, year, "y", 0, ""],
];

/** Milliseconds as kubectl shows them, such as `5d3h` (k8s.io/apimachinery pkg/util/duration). */
export function humanDuration(ms: number): string {
  if (ms <= -2 * second) return "<invalid>";
  if (ms < 0) return "0s";
  const [, unit, letter, rest, restLetter] = steps.find(([below]) => ms < below)!;
  const whole = Math.floor(ms / unit);
  const more = rest === 0 ? 0 : Math.floor((ms % unit) / rest);
  return `${whole}${letter}${more === 0 ? "" : `${more}${restLetter}`}`;
}
