import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "./what-it-is.ts";

/** `value` as a signal: the platform's, of any realm, or another that does the same. @throws InputError for anything else */
export function abortSignal(value: unknown, field: string): AbortSignal {
  if (isAbortSignal(value)) return value;
  const fix = value instanceof AbortController ? "; pass its signal" : "";
  throw new InputError(field, `it must be an AbortSignal, not ${whatItIs(value)}${fix}`);
}

function isAbortSignal(value: unknown): value is AbortSignal {
  if (typeof value !== "object" || value === null) return false;
  const { aborted, addEventListener, removeEventListener, throwIfAborted } = value as Partial<AbortSignal>;
  return (
    typeof aborted === "boolean" &&
    [addEventListener, removeEventListener, throwIfAborted].every((method) => typeof method === "function")
  );
}
