import { isPlainObject } from "../../input/plain-object.ts";
import { whatItIs } from "../../input/what-it-is.ts";
import { rawJson } from "./parse-json.ts";

/** What JSON cannot hold. */
export interface Unwritable {
  /** Where in the value, such as `.spec.replicas` or `[0]`; `""` for the value itself. */
  readonly at: string;
  readonly problem: string;
  readonly cause?: unknown;
}

/** The first part of a value that JSON cannot hold: what is allowed is listed here, and everything else is refused. */
export function findUnwritable(value: unknown): Unwritable | undefined {
  try {
    return inAny(value, true, []);
  } catch (cause) {
    if (cause instanceof RangeError) return { at: "", problem: "its objects lie too deep inside each other", cause };
    return { at: "", problem: "reading one of its fields fails", cause };
  }
}

function inAny(value: unknown, inList: boolean, ancestors: object[]): Unwritable | undefined {
  switch (typeof value) {
    case "string":
      return half.test(value) ? { at: "", problem: halfProblem } : undefined;
    case "number":
      return Number.isFinite(value) ? undefined : notJson(String(value));
    case "boolean":
      return undefined;
    case "bigint":
      return rawJson
        ? undefined
        : { at: "", problem: "is a bigint, which this platform cannot write (no JSON.rawJSON)" };
    case "undefined":
      return inList ? notJson("undefined") : undefined;
    case "object":
      if (value === null) return undefined;
      return hasToJson(value) ? inOwnJson(value, ancestors) : inObject(value, ancestors);
    default:
      return notJson(whatItIs(value));
  }
}

function inObject(value: object, ancestors: object[]): Unwritable | undefined {
  if (ancestors.includes(value)) return { at: "", problem: "it contains itself" };
  ancestors.push(value);
  const found = inParts(value, ancestors);
  ancestors.pop();
  return found;
}

function inParts(value: object, ancestors: object[]): Unwritable | undefined {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = inAny(value[i], true, ancestors);
      if (found) return { ...found, at: `[${i}]${found.at}` };
    }
    return undefined;
  }
  if (!isPlainObject(value)) return notPlain(value);
  for (const key of Object.keys(value)) {
    if (half.test(key)) return { at: "", problem: `one of its keys ${halfProblem}` };
    const found = inAny(value[key], false, ancestors);
    if (found) return { ...found, at: `.${key}${found.at}` };
  }
  return undefined;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return typeof (value as { readonly toJSON?: unknown }).toJSON === "function";
}

// A Buffer's toJSON gives a list of numbers, an error's may give anything, an invalid date's null: none of them was meant.
function inOwnJson(value: { toJSON(): unknown }, ancestors: object[]): Unwritable | undefined {
  if (ArrayBuffer.isView(value) || isError(value)) return notPlain(value);
  if (value instanceof Date && Number.isNaN(value.getTime())) return notJson("an invalid Date");
  let given: unknown;
  try {
    given = value.toJSON();
  } catch (cause) {
    return { at: "", problem: `is ${whatItIs(value)} whose toJSON fails`, cause };
  }
  if (given === undefined) return { at: "", problem: `is ${whatItIs(value)} whose toJSON gives nothing` };
  // JSON.stringify does not ask what it is given for another toJSON.
  return typeof given === "object" && given !== null ? inObject(given, ancestors) : inAny(given, true, ancestors);
}

function isError(value: object): boolean {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

function notPlain(value: object): Unwritable {
  const fix = ArrayBuffer.isView(value)
    ? "write bytes as text, such as base64"
    : "pass a plain object, a list, text or a number";
  return { at: "", problem: `is ${whatItIs(value)}, which JSON cannot hold; ${fix}` };
}

function notJson(what: string): Unwritable {
  return { at: "", problem: `is ${what}, which JSON cannot hold` };
}

const half = /\p{Surrogate}/u;
const halfProblem = "holds half of a surrogate pair, which UTF-8 cannot hold";
