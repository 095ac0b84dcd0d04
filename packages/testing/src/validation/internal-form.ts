import type { Fields } from "./fields.ts";

/**
 * How a struct of the server's own, which has no names for JSON, is shown in its errors: fields by their names in Go, and what is missing
 * as its zero value.
 */
export interface InternalField {
  /** In Go. */
  readonly name: string;
  /** In JSON; default: the same with a small first letter. */
  readonly from?: string;
  /** Shown when it is missing. Default null. */
  readonly zero?: unknown;
  /** Of a struct within. */
  readonly fields?: readonly InternalField[];
  /** Of structs in a list. */
  readonly items?: readonly InternalField[];
}

/** A struct as errors show it; null where there is none. */
export function internalForm(object: unknown, fields: readonly InternalField[]): Fields | null {
  if (typeof object !== "object" || object === null) return null;
  const entries = fields.map(({ name, from, zero = null, fields: within, items }) => {
    const value = (object as Fields)[from ?? `${name[0]!.toLowerCase()}${name.slice(1)}`];
    if (within !== undefined) return [name, internalForm(value, within)] as const;
    if (items !== undefined && Array.isArray(value))
      return [name, value.map((one) => internalForm(one, items))] as const;
    return [name, value ?? zero] as const;
  });
  return Object.fromEntries(entries);
}
