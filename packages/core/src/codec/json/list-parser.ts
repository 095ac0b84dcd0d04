import { OBJECT_LIMIT, decodeText, joinBytes } from "../../bytes/body.ts";
import { parseJson } from "./parse-json.ts";
import { DecodeError, LimitError } from "../../errors/body-errors.ts";
import type { RequestInfo } from "../../errors/kube-error.ts";

/** Parses a list whose bytes arrive in chunks. */
export interface ListParser {
  /** Takes the next bytes and hands on items that they complete. Chunks are best some 64 KiB large. */
  push(chunk: Uint8Array): void;
  /** After the last chunk: hands on the last items and gives the list with an empty array in their place. */
  end(): unknown;
}

/** What a {@link ListParser} tells while it parses. */
export interface ListHandler {
  /** The top-level `items` begin. Called again when the field comes twice: as in JSON.parse, the last one counts. */
  onStart(): void;
  /** The next items, one or more. */
  onItems(items: readonly unknown[]): void;
}

const quote = 0x22;
const comma = 0x2c;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

const opening = new Uint8Array([openList]);
const closing = new Uint8Array([closeList]);

/** How much may gather without a guessed border before the exact search takes over, in bytes. */
const guessLimit = 1024 * 1024;

/**
 * Makes a parser of a list. Only the borders between items are sought here; what is between two borders, and the list without
 * its items, goes through parseJson. That also proves the borders: no text is a whole JSON value and the beginning of another.
 */
export function createListParser(request: RequestInfo, handler: ListHandler): ListParser {
  const envelope = createPile("the list without its items", request);
  const run = createPile("the list's item", request); // since the last border
  let inItems = false;
  let afterComma = false;
  // What stands between two items, if all begin as the first one does; undefined once that proved wrong.
  let border: Uint8Array | undefined;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let lastString = "";

  function push(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length;) {
      if (!inItems) i = scanEnvelope(chunk, i);
      else if (border) i = guess(border, chunk, i);
      else i = scanItems(chunk, i);
    }
  }

  /** Goes through what is not an item, up to the `[` of the items. Like all of these, says where it stopped. */
  function scanEnvelope(chunk: Uint8Array, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const c = chunk[i] as number;
      if (inString) {
        if (depth === 1 && lastString.length < 64) lastString += String.fromCharCode(c);
        if (escaped) escaped = false;
        else if (c === backslash) escaped = true;
        else inString = c !== quote;
      } else if (c === quote) {
        inString = true;
        lastString = "";
      } else if (c === closeObject || c === closeList) depth--;
      else if (c === openObject || c === openList) {
        // In JSON, a list at this depth follows its key.
        if (depth === 1 && c === openList && isItems(lastString)) {
          envelope.add(chunk.subarray(from, i + 1));
          inItems = true;
          depth = 0;
          border = guessBorder(chunk.subarray(i + 1, i + 257));
          handler.onStart();
          return i + 1;
        }
        depth++;
      }
    }
    envelope.add(chunk.subarray(from));
    return chunk.length;
  }

  /**
   * Takes the last place in the chunk that looks like a border for one. Saves the exact search, which costs a fifth of the
   * parsing. Where it goes wrong, the run is no JSON and the exact search goes over it.
   */
  function guess(pattern: Uint8Array, chunk: Uint8Array, from: number): number {
    const rest = from === 0 ? chunk : chunk.subarray(from);
    const at = lastIndexOf(rest, pattern);
    if (at < 0 && run.size() + rest.length < guessLimit) {
      run.add(rest);
      return chunk.length;
    }
    const before = run.take();
    const items = at < 0 ? undefined : tryParse([...before, rest.subarray(0, at + 1)]);
    if (items) {
      run.add(rest.subarray(at + 2));
      handler.onItems(items);
    } else {
      border = undefined;
      push(joinBytes([...before, rest]));
    }
    return chunk.length;
  }

  function tryParse(parts: readonly Uint8Array[]): readonly unknown[] | undefined {
    try {
      return parseItems(parts);
    } catch {
      return undefined; // the exact search meets the error again, if it is one
    }
  }

  /** Goes through the items byte by byte, up to their closing bracket. */
  function scanItems(chunk: Uint8Array, from: number): number {
    const end = chunk.length;
    let i = from;
    let itemStart = from - run.size();
    let lastBorder = -1;
    let level = depth;
    let text = inString;
    for (;;) {
      if (text) {
        if (escaped) i++;
        escaped = false;
        for (let c: number | undefined; i < end && (c = chunk[i]) !== quote; i++) if (c === backslash) i++;
        escaped = i > end;
        if (i >= end) break;
        text = false;
        i++;
      }
      let c: number | undefined;
      while (i < end && (c = chunk[i] as number) !== quote) {
        if (c === openObject || c === openList) level++;
        else if (c === closeObject || c === closeList) {
          if (level === 0) {
            depth = 2; // the bracket itself belongs to the envelope
            inString = false;
            inItems = false;
            handOn(chunk.subarray(from, i), true);
            return i;
          }
          level--;
        } else if (c === comma && level === 0) {
          if (i - itemStart > OBJECT_LIMIT) throw new LimitError("the list's item", OBJECT_LIMIT, { request });
          lastBorder = i;
          itemStart = i + 1;
        }
        i++;
      }
      if (i >= end) break;
      text = true;
      i++;
    }
    depth = level;
    inString = text;
    if (lastBorder >= 0) handOn(chunk.subarray(from, lastBorder), false);
    run.add(chunk.subarray(lastBorder >= 0 ? lastBorder + 1 : from));
    return end;
  }

  function handOn(last: Uint8Array, final: boolean): void {
    const items = parseItems([...run.take(), last]);
    if (items.length > 0) handler.onItems(items);
    else if (afterComma || !final)
      throw new DecodeError("Undecodable: the list has a comma without an item", { request });
    afterComma = !final;
  }

  function parseItems(parts: readonly Uint8Array[]): readonly unknown[] {
    return parseJson(decodeText(joinBytes([opening, ...parts, closing]), request), request) as readonly unknown[];
  }

  return {
    push,
    end() {
      if (border) {
        border = undefined;
        push(joinBytes(run.take()));
      }
      // Within the items the rest has no end either.
      return parseJson(decodeText(joinBytes(envelope.take()), request), request);
    },
  };
}

/** True for the key `items`, here still with its closing quote. Some encoders escape what need not be. */
function isItems(text: string): boolean {
  return text === 'items"' || (/^[\w\\]+"$/.test(text) && text.includes("\\") && parseJson(`"${text}`) === "items");
}

// The API server writes what all items share before their metadata: `{"metadata":{`, `{"apiVersion":"x/v1","kind":"Y","metadata":{`.
function guessBorder(start: Uint8Array): Uint8Array | undefined {
  const text = /^\{[ -~]*?"metadata":\{/.exec(String.fromCharCode(...start))?.[0];
  return text === undefined ? undefined : new TextEncoder().encode(`},${text}`);
}

function lastIndexOf(bytes: Uint8Array, pattern: Uint8Array): number {
  const last = pattern.length - 1;
  for (let i = bytes.length - pattern.length; i >= 0; i--) {
    if (bytes[i + 1] !== comma || bytes[i + 2] !== openObject) continue;
    let j = last;
    while (j >= 0 && bytes[i + j] === pattern[j]) j--;
    if (j < 0) return i;
  }
  return -1;
}

interface Pile {
  add(bytes: Uint8Array): void;
  size(): number;
  take(): readonly Uint8Array[];
}

/** Bytes that are put together once they are complete. */
function createPile(what: string, request: RequestInfo): Pile {
  let parts: Uint8Array[] = [];
  let size = 0;
  return {
    add(bytes) {
      size += bytes.length;
      if (size > OBJECT_LIMIT) throw new LimitError(what, OBJECT_LIMIT, { request });
      parts.push(bytes);
    },
    size: () => size,
    take() {
      const taken = parts;
      parts = [];
      size = 0;
      return taken;
    },
  };
}
