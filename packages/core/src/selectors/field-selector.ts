import { InputError } from "../errors/input-error.ts";
import type { FieldSelectorInput } from "../types/options.ts";
import { isPlainObject } from "../input/plain-object.ts";
import { quote } from "../input/quote.ts";

// k8s.io/apimachinery pkg/fields/selector.go: terms are split at unescaped commas, a term at its first operator; only the value
// knows escapes. Which fields a resource can be selected by is the server's to say.

function fail(problem: string): never {
  throw new InputError("fieldSelector", problem);
}

function escapeValue(value: string): string {
  return value.replaceAll(/[\\,=]/g, "\\$&");
}

function checkTerm(term: string): void {
  if (term === "") return;
  const operator = term.indexOf("=");
  if (operator < 0) fail(`${quote(term)} has no operator; write field=value or field!=value`);
  for (
    let at = operator + (term.charAt(operator + 1) === "=" && term.charAt(operator - 1) !== "!" ? 2 : 1);
    at < term.length;
    at++
  ) {
    if (term.charAt(at) === "=") fail(`${quote(term)} holds a bare '=' in its value; write '\\='`);
    if (term.charAt(at) === "\\" && !/[\\,=]/.test(term.charAt(++at))) {
      fail(`${quote(term)} holds a '\\' that escapes nothing; write '\\\\', '\\,' or '\\='`);
    }
  }
}

function checkText(text: string): void {
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === "\\") at++;
    else if (text.charAt(at) === ",") {
      checkTerm(text.slice(start, at));
      start = at + 1;
    }
  }
  checkTerm(text.slice(start));
}

function fromMap(map: Readonly<Record<string, unknown>>): string {
  const terms = Object.entries(map).map(([field, value]) => {
    if (!/^[^\\,=!]+$/.test(field)) fail(`${quote(field)} cannot be a field; write a path such as metadata.name`);
    if (typeof value !== "string")
      fail(`the value of ${quote(field)} must be text, not ${value === null ? "null" : typeof value}`);
    return `${field}=${escapeValue(value)}`;
  });
  return terms.sort().join(",");
}

/**
 * The selector as a query takes it. Text is checked and left as it is; a map of fields that must be equal becomes text, sorted
 * and escaped.
 * @throws InputError if the API server could not parse it (ParseSelector of k8s.io/apimachinery pkg/fields/selector.go).
 */
export function fieldSelectorText(input: FieldSelectorInput): string {
  if (typeof input === "string") {
    checkText(input);
    return input;
  }
  if (!isPlainObject(input)) fail("must be text or a map of fields");
  return fromMap(input);
}
