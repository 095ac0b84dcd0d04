import type { RequestInfo } from "../../errors/kube-error.ts";
import { parseJson } from "./parse-json.ts";
import { backslash, closeList, closeObject, comma, openList, openObject, quote } from "./characters.ts";

// A third of a pod's text are its managedFields. Cut out of the text they cost a fifth of what parsing them does, and no memory.

/** An object's text up to its metadata, as API servers begin it. */
const objectStart = /\{(?:"[^"\\]*":"[^"\\]*",)*"metadata":\{/y;
const eventStart = /^\{"type":"(?:ADDED|MODIFIED|DELETED)","object":/;
const managedFields = '"managedFields":[';

/** Parses a list of objects, a text from `[` to `]`, as {@link parseJson}. Nearly always without their managedFields, in which it does not see every error. */
export function parseTrimmedList(text: string, request: RequestInfo): readonly unknown[] {
  const start = startAt(text, 1);
  if (start !== undefined) {
    try {
      return parseItems(text, start, request);
    } catch {
      // Not all begin like the first, or what looked like a border was none.
    }
  }
  return parseJson(text, request) as readonly unknown[];
}

/** Parses an event of a watch likewise. */
export function parseTrimmedEvent(text: string, request: RequestInfo): unknown {
  const at = eventStart.exec(text)?.[0].length;
  const start = at === undefined ? undefined : startAt(text, at);
  return at === undefined || start === undefined
    ? parseJson(text, request)
    : parseWithout(text, at + start.length, request);
}

function startAt(text: string, at: number): string | undefined {
  objectStart.lastIndex = at;
  return objectStart.exec(text)?.[0];
}

/** Each item by itself: only where that is a whole value was the border before the next one right. */
function parseItems(text: string, start: string, request: RequestInfo): readonly unknown[] {
  const border = `},${start}`;
  const items: unknown[] = [];
  for (let from = 1, end: number; from < text.length; from = end + 1) {
    const next = text.indexOf(border, from);
    end = next < 0 ? text.length - 1 : next + 1;
    items.push(parseWithout(text.slice(from, end), start.length, request));
  }
  return items;
}

/** `at`: behind the brace that opens the metadata. */
function parseWithout(text: string, at: number, request: RequestInfo): unknown {
  const trimmed = withoutManagedFields(text, at);
  if (trimmed !== undefined) {
    try {
      return parseJson(trimmed, request);
    } catch {
      // A bracket within them looked like their end.
    }
  }
  return parseJson(text, request);
}

/**
 * The text without the field, if it stands directly in the metadata. Its end is only guessed, as the next bracket: a wrong guess
 * leaves what is not JSON, an odd number of quotes, or the bracket that really closes the list.
 */
function withoutManagedFields(text: string, at: number): string | undefined {
  const field = text.indexOf(managedFields, at);
  const end = field < 0 ? -1 : text.indexOf("]", field) + 1;
  if (end <= 0 || !isBetweenFields(text, at, field)) return undefined;
  if (text.charCodeAt(field - 1) === comma) return text.slice(0, field - 1) + text.slice(end);
  return text.slice(0, field) + text.slice(text.charCodeAt(end) === comma ? end + 1 : end);
}

/** Whether `at` and `to` are in the same object. */
function isBetweenFields(text: string, at: number, to: number): boolean {
  let level = 0;
  for (let i = at; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === quote) {
      for (i++; i < to; i++) {
        const inText = text.charCodeAt(i);
        if (inText === quote) break;
        if (inText === backslash) i++;
      }
      if (i >= to) return false;
    } else if (c === openObject || c === openList) level++;
    else if ((c === closeObject || c === closeList) && --level < 0) return false;
  }
  return level === 0;
}
