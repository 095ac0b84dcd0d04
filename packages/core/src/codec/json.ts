import { DecodeError } from "../errors/body-errors.ts";
import { InputError } from "../errors/input-error.ts";
import type { RequestInfo } from "../errors/kube-error.ts";

// ES2026's JSON.rawJSON and the reviver's `context.source`: in Node since 22, missing in old browsers and in TypeScript's library.
type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;
const { parse, rawJSON } = JSON as unknown as {
  parse(text: string, reviver?: Reviver): unknown;
  rawJSON?: (text: string) => unknown;
};

// Finds the last five characters of every number that JSON.parse could change (16 digits, or an exponent of 3), and of few
// others. Six plain character classes: V8 skips through text with them several times faster than with an exact pattern.
const endOfLongNumber = /[0-9eE+][0-9eE+][0-9+][0-9][0-9][\s,\]}]/g;
const integer = /^-?[0-9]+$/;
const numberCharacter = /[0-9eE+.-]/;

/**
 * Parses JSON as JSON.parse does, with one difference: integers beyond the safe ones and numbers beyond the largest double
 * become `JSON.rawJSON` values, which JSON.stringify writes back digit for digit.
 *
 * @throws DecodeError when the text is no JSON (the text is never quoted), or holds such a number on a platform without JSON.rawJSON
 */
export function parseJson(text: string, request?: RequestInfo): unknown {
  try {
    // Digits inside strings, such as digests, must not cost the slow path.
    if (!mayHoldLossyNumber(text) || !mayHoldLossyNumber(withoutStrings(text))) return parse(text);
    if (rawJSON) return parse(text, keepLossyNumber);
  } catch (error) {
    throw new DecodeError(`Undecodable: the body is no valid JSON${place(error, text)}`, { request });
  }
  throw new DecodeError("Undecodable: the body holds a number that this platform would round; it needs JSON.rawJSON", {
    request,
  });
}

/**
 * Writes a value as JSON. Values of `JSON.rawJSON` and bigints are written digit for digit; `undefined` fields are left out.
 *
 * @throws InputError naming the place under `field` of what JSON cannot say: undefined in a list, functions, symbols, NaN,
 * infinities, cycles
 */
export function encodeJson(value: unknown, field: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    // Either a bigint or a cycle; the replacer mends the first, the second comes again.
    text = encodeBigints(value, field, error);
  }
  const found = findUnwritable(value, true);
  if (found) throw new InputError(field + found.at, `${found.problem}, which JSON cannot hold`);
  if (text === undefined) throw new InputError(field, "its toJSON gives nothing");
  return text;
}

function isLossy(source: string): boolean {
  const value = Number(source);
  return integer.test(source) ? !Number.isSafeInteger(value) : Math.abs(value) === Infinity;
}

function keepLossyNumber(_key: string, value: unknown, context: { readonly source: string }): unknown {
  return typeof value === "number" && !Number.isSafeInteger(value) && isLossy(context.source)
    ? rawJSON?.(context.source)
    : value;
}

function mayHoldLossyNumber(text: string): boolean {
  if (numberCharacter.test(text.charAt(text.length - 1))) return true; // the whole text is a number
  endOfLongNumber.lastIndex = 0;
  while (endOfLongNumber.test(text)) {
    const end = endOfLongNumber.lastIndex - 1;
    let start = end - 5;
    while (start > 0 && numberCharacter.test(text.charAt(start - 1))) start--;
    if (isLossy(text.slice(start, end))) return true;
  }
  return false;
}

// In two steps: one pattern for strings with escapes overflows V8's backtracking stack on a string of some megabytes.
function withoutStrings(text: string): string {
  return text.replace(/\\./gs, "").replace(/"[^"]*"/g, '""');
}

// V8's own messages quote the text; only the place is taken from them.
function place(error: unknown, text: string): string {
  const at = /position ([0-9]+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return at === undefined
    ? `, it ends too early or is empty (${text.length} characters)`
    : ` (at character ${at} of ${text.length})`;
}

function encodeBigints(value: unknown, field: string, cause: unknown): string {
  try {
    return JSON.stringify(value, (_key, part: unknown) =>
      typeof part === "bigint" && rawJSON ? rawJSON(String(part)) : part,
    );
  } catch {
    throw new InputError(
      field,
      "cannot be written as JSON: it contains itself, or a bigint that this platform cannot write",
      { cause },
    );
  }
}

// JSON.stringify drops functions and writes null for NaN, both in silence. It has accepted `value`, so there are no cycles.
// The walk adds a fifth to the cost of stringify, 5 µs for a pod; a replacer would make it four times as slow.
function findUnwritable(
  value: unknown,
  inList: boolean,
): { readonly at: string; readonly problem: string } | undefined {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? undefined : { at: "", problem: `is ${value}` };
    case "undefined":
      return inList ? { at: "", problem: "is undefined" } : undefined;
    case "function":
    case "symbol":
      return { at: "", problem: `is a ${typeof value}` };
    case "object":
      if (value === null || typeof (value as { toJSON?: unknown }).toJSON === "function") return undefined;
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) {
          const found = findUnwritable(value[i], true);
          if (found) return { at: `[${i}]${found.at}`, problem: found.problem };
        }
        return undefined;
      }
      for (const key of Object.keys(value)) {
        const found = findUnwritable((value as Record<string, unknown>)[key], false);
        if (found) return { at: `.${key}${found.at}`, problem: found.problem };
      }
      return undefined;
    default:
      return undefined;
  }
}
