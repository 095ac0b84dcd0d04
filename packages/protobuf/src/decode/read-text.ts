import { ascii, utf8 } from "./bytes.ts";
import type { Input } from "./input.ts";
import type { PlannedField } from "./plan.ts";

/** Longer ones are rarely equal to others. */
const longest = 128;

/** By a part of their hash, the last one that had it: most equal texts share their memory, whatever body they came in. */
const slots = 8192;
const texts: string[] = Array.from({ length: slots }, () => "");

const nothing: Record<string, unknown> = Object.create(null) as Record<string, unknown>;

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
  const slot = (hash ^ (hash >>> 15)) & (slots - 1);
  let text = texts[slot]!;
  if (!equals(text, buf, pos, length)) {
    if (bits >= 128) return utf8(buf, pos, end);
    text = ascii(buf, pos, end);
    if (input.shareStrings) void nothing[text];
    texts[slot] = text;
  }
  if (field !== undefined) field.lastText = text;
  return text;
}

function equals(text: string, bytes: Uint8Array, start: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
