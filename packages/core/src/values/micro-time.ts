import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";

/** A time as the fields of Kubernetes' type MicroTime want it (RFC3339Micro of apimachinery): six digits after the second. */
export const microTimePattern: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.,]\d{6}(?:Z|[+-]\d\d:\d\d)$/;

const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?(Z|[+-]\d\d:\d\d)$/;

/**
 * A time with exactly six digits after the second, which the API server demands where a field's Go type is MicroTime:
 * `spec.renewTime` of a Lease, `eventTime` of an Event. Other times take what `toISOString()` writes.
 *
 * @param time a Date, or a time in RFC 3339 with at most six digits after the second. Default: now.
 * @throws InputError if it is neither.
 */
export function microTime(time: Date | string = new Date()): string {
  if (typeof time !== "string" && !(time instanceof Date))
    throw new InputError("time", `it must be a Date or text, not ${whatItIs(time)}`);
  if (typeof time !== "string" && Number.isNaN(time.getTime())) throw new InputError("time", "it is an invalid Date");
  const found = rfc3339.exec(typeof time === "string" ? time : time.toISOString());
  if (found === null) {
    throw new InputError(
      "time",
      "it must be a Date of the years 0 to 9999, or RFC 3339 with at most six digits after the second, such as 2026-01-31T12:00:00.5Z",
    );
  }
  const [, seconds, fraction = "", zone] = found;
  return `${seconds}.${fraction.padEnd(6, "0")}${zone}`;
}
