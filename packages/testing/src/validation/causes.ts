import { goQuote } from "../exchange/go-quote.ts";
import type { Cause } from "../exchange/refusal.ts";

// The kinds of causes and their texts of k8s.io/apimachinery pkg/util/validation/field/errors.go.

/** How Go prints the path of what is about no field. */
export const noField = "[]";

/** What is wrong, in the order in which the server says it. */
export type Causes = Iterable<Cause>;

export function requiredCause(field: string, why = ""): Cause {
  return { reason: "FieldValueRequired", message: why === "" ? "Required value" : `Required value: ${why}`, field };
}

/** `value` is shown as Go shows it: texts in quotes, all else as JSON. */
export function invalidCause(field: string, value: unknown, why: string): Cause {
  return { reason: "FieldValueInvalid", message: `Invalid value: ${shown(value)}: ${why}`, field };
}

/** Likewise where the server does not show the value. */
export function unshownCause(field: string, why: string): Cause {
  return { reason: "FieldValueInvalid", message: `Invalid value: ${why}`, field };
}

export function forbiddenCause(field: string, why: string): Cause {
  return { reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field };
}

export function tooLongCause(field: string, bytes: number): Cause {
  return { reason: "FieldValueTooLong", message: `Too long: may not be more than ${bytes} bytes`, field };
}

export function tooManyCause(field: string, count: number, most: number): Cause {
  const items = most === 1 ? "item" : "items";
  return {
    reason: "FieldValueTooMany",
    message: `Too many: ${count}: must have at most ${most} ${items}`,
    field,
  };
}

/** `supported` are named in the order in which they are given. */
export function notSupportedCause(field: string, value: unknown, supported: readonly string[]): Cause {
  const values = supported.map((one) => JSON.stringify(one)).join(", ");
  return {
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${shown(value)}${values === "" ? "" : `: supported values: ${values}`}`,
    field,
  };
}

export function duplicateCause(field: string, value: unknown): Cause {
  return { reason: "FieldValueDuplicate", message: `Duplicate value: ${shown(value)}`, field };
}

/** What is referred to and is not there; `why` says more where the server does. */
export function notFoundCause(field: string, value: unknown, why = ""): Cause {
  const message = `Not found: ${shown(value)}${why === "" ? "" : `: ${why}`}`;
  return { reason: "FieldValueNotFound", message, field };
}

function shown(value: unknown): string {
  return typeof value === "string" ? goQuote(value) : JSON.stringify(value ?? null);
}
