import { InputError } from "../errors/input-error.ts";

/** `value` as a bound in time; Infinity means no bound. @throws InputError for what is not a number above 0 */
export function milliseconds(value: unknown, field: string): number {
  if (typeof value === "number" && value > 0) return value;
  throw new InputError(field, "it must be a number of milliseconds above 0");
}
