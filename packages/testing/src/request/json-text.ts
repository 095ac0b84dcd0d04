import { JsonSyntaxError, readNode } from "./json-node.ts";

/** A text of JSON, and its value. */
export interface JsonText {
  readonly text: string;
  readonly value: unknown;
  /** Whether it holds what its value does not show: a field that stands twice, or a whole number written with a fraction. */
  readonly hidesSomething: boolean;
}

/** Reads JSON. @throws JsonSyntaxError in Go's words */
export function readJson(text: string): JsonText {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    readNode(text);
    throw new JsonSyntaxError("unexpected end of JSON input");
  }
  return { text, value, hidesSomething: countKeys(text) !== keysIn(value) || fractions.test(text) };
}

/** A value that no text held. */
export function jsonOf(value: unknown): JsonText {
  return { value, text: JSON.stringify(value), hidesSomething: false };
}

/** A number with a fraction or an exponent, and here and there what only looks like one. */
const fractions = /\d(?:\.\d+|(?:\.\d+)?[eE][+-]?\d+)\s*[,\]}]/;

/** How many fields stand in the text. */
function countKeys(text: string): number {
  let keys = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = endOfString(text, at);
    while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
    if (text[at] === ":") keys += 1;
  }
  return keys;
}

/** The place behind a string. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text[before] === "\\") before -= 1;
    if ((at - before) % 2 === 1) return at + 1;
  }
}

/** How many fields are in the value. */
function keysIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const values = Object.values(value) as readonly unknown[];
  return values.reduce((sum: number, one) => sum + keysIn(one), Array.isArray(value) ? 0 : values.length);
}
