import { fromBase64 } from "../values/secret-data.ts";

/** What a YAML scalar means: its kind, and its JSON. */
export interface Scalar {
  readonly kind: "null" | "bool" | "int" | "float" | "text";
  readonly json: string;
}

// The scalars of go.yaml.in/yaml/v2 resolve.go, which kubectl reads manifests with: YAML 1.1 but for base 60 and times, which
// stay text, and with Go's 0o and underscores.

const constants: ReadonlyMap<string, Scalar> = new Map(
  (
    [
      ["null", "null", ["", "~", "null", "Null", "NULL"]],
      ["bool", "true", ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]],
      ["bool", "false", ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]],
    ] as const
  ).flatMap(([kind, json, texts]) => texts.map((text) => [text, { kind, json }] as const)),
);

// Not to hash long texts.
const longestConstant = "false".length;

const infiniteOrNaN = /^(?:[+-]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const integer = /^[+-]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/;
const dotted = /^\.\d+(?:_\d+)*(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const float = /^[+-]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][+-]?\d+)?$/;

// Decimal integers of any size keep their digits; others must fit 64 bits, as Go's ParseInt and ParseUint have it.
function integerJson(text: string): string | undefined {
  const [sign, digits] = /^[+-]/.test(text) ? [text.charAt(0), text.slice(1)] : ["", text];
  const minus = sign === "-" ? "-" : "";
  if (!/^0./.test(digits)) return digits === "0" ? "0" : minus + digits;
  const prefixed = /^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase();
  const significant = prefixed.slice(2).replace(/^0+/, "");
  if (significant.length > 64) return undefined;
  const value = BigInt(prefixed.slice(0, 2) + (significant || "0"));
  const limit = sign === "-" ? 2n ** 63n : sign === "+" ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  if (value > limit) return undefined;
  return value === 0n ? "0" : `${minus}${value}`;
}

function floatScalar(text: string): Scalar | undefined {
  const value = Number(text);
  if (!float.test(text) || !Number.isFinite(value)) return undefined;
  return { kind: "float", json: Object.is(value, -0) ? "-0" : `${value}` };
}

// What JSON.stringify would escape; it takes twice as long for the others.
const escaped = /[^\x20\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]/;

function text(value: string): Scalar {
  return { kind: "text", json: escaped.test(value) ? JSON.stringify(value) : `"${value}"` };
}

// A plain scalar without a tag.
function plain(value: string): Scalar | string {
  const constant = value.length <= longestConstant ? constants.get(value) : undefined;
  if (constant) return constant;
  if (!/^[\d.+-]/.test(value)) return text(value);
  if (infiniteOrNaN.test(value)) return "is a number that JSON cannot hold; write it in quotes if it is meant as text";
  if (value.startsWith("."))
    return (dotted.test(value) ? floatScalar(value.replaceAll("_", "")) : undefined) ?? text(value);
  const packed = value.replaceAll("_", "");
  const json = integer.test(packed) ? integerJson(packed) : undefined;
  return json === undefined ? (floatScalar(packed) ?? text(value)) : { kind: "int", json };
}

/**
 * What a scalar means. `tag` is the short or full tag, if it has one; `isPlain` tells that it stands without quotes.
 * A text that is returned instead says what is wrong.
 */
export function resolveScalar(value: string, tag: string | undefined, isPlain: boolean): Scalar | string {
  const kind = tag?.replace(/^tag:yaml\.org,2002:/, "!!");
  switch (kind) {
    case undefined:
      return isPlain ? plain(value) : text(value);
    case "!!null":
    case "!!bool":
    case "!!int":
    case "!!float": {
      const scalar = plain(value);
      if (typeof scalar === "string" || kind === `!!${scalar.kind}`) return scalar;
      if (kind === "!!float" && scalar.kind === "int") return floatScalar(scalar.json) ?? scalar;
      return `is no ${kind}`;
    }
    case "!!binary": {
      const bytes = fromBase64(value);
      try {
        if (bytes) return text(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
      } catch {
        // not text: answered below
      }
      return "is !!binary, but not the base64 of text; JSON holds no bytes: write base64 in quotes, without the tag";
    }
    default:
      return text(value);
  }
}

// As strconv.FormatFloat prints with 'g', from what toExponential gives.
function goNotation(exponential: string): string {
  const [mantissa = "", power = "0"] = exponential.split("e");
  if (Number(power) >= -4 && Number(power) < 6) return String(Number(exponential));
  return `${mantissa}e${power.charAt(0)}${power.slice(1).padStart(2, "0")}`;
}

/** A number as kubectl prints it: integers that a Number can hold by their digits, others as Go's `%g`. */
export function numberText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : goNotation(value.toExponential());
}

/** Tells whether a text without quotes is read as text. */
export function isPlainText(value: string): boolean {
  const scalar = plain(value);
  return typeof scalar === "object" && scalar.kind === "text";
}

// strconv.FormatFloat(value, 'g', -1, 32), which names a map's key after a float.
function floatKey(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const single = Math.fround(Math.abs(value));
  if (single === Infinity) return `${sign}.inf`;
  let digits = 1;
  while (Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  return sign + goNotation(single.toExponential(digits - 1));
}

/** The key that a scalar becomes in JSON, or undefined for null, which is none. */
export function scalarKey({ kind, json }: Scalar): string | undefined {
  switch (kind) {
    case "null":
      return undefined;
    case "text":
      return json.includes("\\") ? String(JSON.parse(json)) : json.slice(1, -1);
    case "float":
      return floatKey(Number(json));
    default:
      return json;
  }
}
