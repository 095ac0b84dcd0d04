import { InputError } from "../errors/input-error.ts";
import { plainObject } from "./plain-object.ts";
import { unknownOption } from "./unknown-option.ts";
import type { TerminalSize } from "../types/pod-run.ts";

const fields = ["columns", "rows"] as const satisfies readonly (keyof TerminalSize)[];

/** `value` as the size of a terminal. @throws InputError for anything else */
export function terminalSize(value: unknown, field: string): TerminalSize {
  const given = plainObject(value, field);
  for (const key of Object.keys(given))
    if (!fields.some((name) => name === key))
      throw unknownOption(
        `${field}.${key}`,
        fields.map((name) => `${field}.${name}`),
      );
  const [columns, rows] = fields.map((name) => count(given[name], `${field}.${name}`));
  return { columns, rows } as TerminalSize;
}

// uint16 on the wire.
function count(value: unknown, field: string): number {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535) return value as number;
  throw new InputError(field, "it must be a whole number from 1 to 65535");
}
