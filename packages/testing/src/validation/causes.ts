import type { Cause } from "../exchange/refusal.ts";

// The kinds of causes and their texts of k8s.io/apimachinery pkg/util/validation/field/errors.go.

export function requiredCause(field: string, why: string): Cause {
  return { reason: "FieldValueRequired", message: why === "" ? "Required value" : `Required value: ${why}`, field };
}

/** `value` is shown as Go shows it: texts in quotes, all else as JSON. */
export function invalidCause(field: string, value: unknown, why: string): Cause {
  return { reason: "FieldValueInvalid", message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field };
}

export function forbiddenCause(field: string, why: string): Cause {
  return { reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field };
}

export function tooLongCause(field: string, bytes: number): Cause {
  return { reason: "FieldValueTooLong", message: `Too long: may not be more than ${bytes} bytes`, field };
}
