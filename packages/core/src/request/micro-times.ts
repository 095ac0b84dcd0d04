import { InputError } from "../errors/input-error.ts";
import { microTimes } from "../gen/micro-times.ts";
import { microTimePattern } from "../values/micro-time.ts";

/**
 * Refuses a time that the API server would not read where a field is a MicroTime: it answers 400 with Go's own words, and 500 to
 * an apply. `field` names the object where it is not the body itself.
 */
export function checkMicroTimes(object: object, { apiVersion, kind }: Kind, field?: string): void {
  for (const path of microTimes[`${apiVersion} ${kind}`] ?? []) {
    checkAt(object, path, field === undefined ? path : [field, ...path]);
  }
}

/** The same for the operations of a JSON patch that set such a field, or what holds it. */
export function checkMicroTimeOperations(operations: readonly unknown[], { apiVersion, kind }: Kind): void {
  for (const names of microTimes[`${apiVersion} ${kind}`] ?? []) {
    for (const [index, operation] of operations.entries()) {
      const { path, value } = (operation ?? {}) as { readonly path?: unknown; readonly value?: unknown };
      // A pointer of fewer names leads to what holds the field.
      const depth = [...names.keys(), names.length].find((length) => path === pointer(names.slice(0, length)));
      if (depth === undefined) continue;
      const rest = names.slice(depth);
      checkAt(value, rest, [`patch.json[${index}].value`, ...rest]);
    }
  }
}

function pointer(names: readonly string[]): string {
  return names.map((name) => `/${name}`).join("");
}

function checkAt(holder: unknown, path: readonly string[], field: readonly string[]): void {
  let value = holder;
  for (const name of path) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  if (value === undefined || value === null) return;
  if (typeof value === "string" && microTimePattern.test(value)) return;
  throw new InputError(
    field.join("."),
    "this time needs exactly six digits after the second (microseconds); microTime() writes it",
  );
}

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}
