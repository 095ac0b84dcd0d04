/** A moment: whole seconds since 1970, and what is left of a second. */
export interface Moment {
  readonly seconds: number;
  readonly nanos: number;
}

/** When Go's zero time is, which Kubernetes has for none. */
export const zeroSeconds = -62_135_596_800;

/**
 * A time in RFC 3339 as Go's time.Parse reads it: hours of one digit too, a comma before the fraction, offsets of up to 24:60, no leap
 * seconds. Undefined for anything else.
 */
export function readTime(text: string): Moment | undefined {
  if (text.charAt(12) === ":") return readTime(`${text.slice(0, 11)}0${text.slice(11)}`);
  const seconds = secondsOf(text);
  if (text.length === 20 && text.endsWith("Z")) return isNaN(seconds) ? undefined : { seconds, nanos: 0 };
  const found = endOfTime.exec(text.slice(19));
  if (isNaN(seconds) || found === null) return undefined;
  const [, fraction = "", sign, hours = 0, minutes = 0] = found;
  if (Number(hours) > 24 || Number(minutes) > 60) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60;
  return {
    seconds: sign === "-" ? seconds + offset : seconds - offset,
    nanos: Number(fraction.slice(0, 9).padEnd(9, "0")),
  };
}

const endOfTime = /^(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** What stands before the fraction, as if it were in UTC; NaN for what is no such time. Every object has a few: no pattern, no Date. */
function secondsOf(text: string): number {
  for (let i = 0; i < between.length; i++) if (text.charCodeAt(4 + i * 3) !== between.charCodeAt(i)) return NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysOf(month, year);
  if (!isDay || hour > 23 || minute > 59 || second > 59) return NaN;
  return ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

const between = "--T::";

/** NaN for what is no digit. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function daysSince1970(year: number, month: number, day: number): number {
  // Years that begin in March have the day that comes and goes at their end.
  const fromMarch = (month + 9) % 12;
  const before = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return before * 365 + leapDays + Math.floor((fromMarch * 153 + 2) / 5) + day - 1 - daysTo1970;
}

/** From the first of March of the year 0. */
const daysTo1970 = 719_468;
