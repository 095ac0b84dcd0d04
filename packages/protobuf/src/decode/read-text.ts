import { ascii, utf8 } from "./bytes.ts";
import type { Input } from "./input.ts";
import type { PlannedField } from "./plan.ts";

/** Longer ones are rarely equal to others. */
const longest = 256;

/**
 * Texts by a part of their hash, so that equal ones share their memory, whatever body they came in: those that came more than once, and
 * the newest of the others. What comes once, such as a uid, never pushes out what comes again and again.
 */
const slots = 8192;
const shared: string[] = Array.from({ length: slots }, () => "");
const newest: string[] = Array.from({ length: slots }, () => "");

/**
 * Reads the text up to `end`. Most of them were there just before, as the same field of the last object or somewhere else: comparing
 * bytes costs less than making a string.
 */
export function readText(input: Input, end: number, field: PlannedField | undefined): string {
  const { buf, pos } = input;
  input.pos = end;
  const length = end - pos;
  if (length === 0) return "";
  if (length > longest) return utf8(buf, pos, end);
  if (field !== undefined && equals(field.lastText, buf, pos, length)) return field.lastText;
  let hash = length;
  let bits = 0;
  for (let i = pos; i < end; i++) {
    const byte = buf[i]!;
    hash = (Math.imul(hash, 31) + byte) | 0;
    bits |= byte;
  }
  // Of the bytes of other characters, none is their code.
  if (bits >= 0x80) return utf8(buf, pos, end);
  const slot = (hash ^ (hash >>> 15)) & (slots - 1);
  let text = shared[slot]!;
  if (!equals(text, buf, pos, length)) {
    text = newest[slot]!;
    if (equals(text, buf, pos, length)) shared[slot] = text;
    else newest[slot] = text = ascii(buf, pos, end);
  }
  if (field !== undefined) field.lastText = text;
  return text;
}

/** Whether the bytes are that text, which is ASCII. */
function equals(text: string, bytes: Uint8Array, start: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
