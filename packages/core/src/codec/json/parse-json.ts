import { DecodeError } from "../../errors/body-errors.ts";
import type { RequestInfo } from "../../errors/kube-error.ts";

// ES2026's JSON.rawJSON and the reviver's `context.source`: in Node since 22, missing in old browsers and in TypeScript's library.
type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;
const { parse } = JSON as unknown as { parse(text: string, reviver?: Reviver): unknown };

/** A number that JSON.stringify writes digit for digit; undefined where the platform has none. */
export const rawJson: ((text: string) => unknown) | undefined = (
  JSON as unknown as { readonly rawJSON?: (text: string) => unknown }
).rawJSON;

/** Tells whether a value is a number of {@link rawJson}. */
export function isRawJson(value: unknown): value is { readonly rawJSON: string } {
  const { isRawJSON } = JSON as unknown as { isRawJSON?(value: unknown): boolean };
  return isRawJSON?.(value) === true;
}

// Finds the last five characters of every number that JSON.parse could change (16 digits, or an exponent of 3), and of few
// others. Six plain character classes: V8 skips through text with them several times faster than with an exact pattern.
const endOfLongNumber = /[0-9eE+][0-9eE+][0-9+][0-9][0-9][\s,\]}]/g;
const integer = /^-?[0-9]+$/;
const numberCharacter = /[0-9eE+.-]/;

/**
 * Parses JSON as JSON.parse does, with one difference: integers beyond the safe ones and numbers beyond the largest double
 * become `JSON.rawJSON` values, which JSON.stringify writes back digit for digit.
 *
 * @throws DecodeError when the text is not JSON (the text is never quoted), or holds such a number on a platform without JSON.rawJSON
 */
export function parseJson(text: string, request?: RequestInfo): unknown {
  try {
    // Digits inside strings, such as digests, must not cost the slow path.
    if (!mayHoldLossyNumber(text) || !mayHoldLossyNumber(withoutStrings(text))) return parse(text);
    if (rawJson) return parse(text, keepLossyNumber);
  } catch (error) {
    throw new DecodeError(`Undecodable: the body is not valid JSON${place(error, text)}`, { request });
  }
  throw new DecodeError("Undecodable: the body holds a number that this platform would round; it needs JSON.rawJSON", {
    request,
  });
}

function isLossy(source: string): boolean {
  const value = Number(source);
  return integer.test(source) ? !Number.isSafeInteger(value) : Math.abs(value) === Infinity;
}

function keepLossyNumber(_key: string, value: unknown, context: { readonly source: string }): unknown {
  return typeof value === "number" && !Number.isSafeInteger(value) && isLossy(context.source)
    ? rawJson?.(context.source)
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
