import { OBJECT_LIMIT, decodeText } from "../../bytes/body.ts";
import { ByteBuffer } from "../../bytes/byte-buffer.ts";
import { parseJson } from "./parse-json.ts";
import { DecodeError, LimitError } from "../../errors/body-errors.ts";
import type { RequestInfo } from "../../errors/kube-error.ts";
import { backslash, closeList, closeObject, comma, openList, openObject, quote } from "./characters.ts";

/** Parses a list whose bytes arrive in chunks. */
export interface ListParser {
  /** Takes the next bytes and hands on items that they complete, at the latest when some more have come. */
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

/** Parses a list of items. @throws DecodeError for what is not JSON */
export type ParseItems = (text: string, request: RequestInfo) => readonly unknown[];

const parseItems: ParseItems = (text, request) => parseJson(text, request) as readonly unknown[];

/** How much may gather without a guessed border before the exact search takes over, in bytes. */
const guessLimit = 1024 * 1024;

/**
 * Makes a parser of a list. Only the borders between items are sought here; what is between two borders, and the list without
 * its items, goes through parseJson. That also proves the borders: no text is a whole JSON value and the beginning of another.
 * `runSize`: how much gathers before a border is guessed, in bytes. `parse`: what parses a list of items in place of parseJson.
 */
export function createListParser(
  request: RequestInfo,
  handler: ListHandler,
  runSize: number,
  parse: ParseItems = parseItems,
): ListParser {
  const envelope = new ByteBuffer();
  // The items since the last border, with `[` before the first. The border, a comma, becomes the `]` of the items before it and
  // then the `[` of those behind it: nothing is copied to be parsed.
  const run = new ByteBuffer();
  let inItems = false;
  let afterComma = false;
  // What stands between two items, if all begin as the first one does; undefined once that proved wrong.
  let border: Uint8Array | undefined;
  // How far the search has come in the run; and in what the exact one is there, or that for the items in the chunk.
  let searched = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let lastString = "";

  function push(chunk: Uint8Array): void {
    const start = inItems ? 0 : scanEnvelope(chunk);
    if (start === chunk.length) return;
    run.add(chunk.subarray(start));
    if (border === undefined) search();
    else if (run.length >= runSize) guess(border);
  }

  /** Goes through what is not an item, up to the `[` of the items, and says where those begin in the chunk. */
  function scanEnvelope(chunk: Uint8Array): number {
    for (let i = 0; i < chunk.length; i++) {
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
          addToEnvelope(chunk.subarray(0, i + 1));
          run.add(chunk.subarray(i, i + 1));
          inItems = true;
          searched = 1;
          depth = 0;
          border = guessBorder(chunk.subarray(i + 1, i + 257));
          handler.onStart();
          return i + 1;
        }
        depth++;
      }
    }
    addToEnvelope(chunk);
    return chunk.length;
  }

  function addToEnvelope(bytes: Uint8Array): void {
    assertSize("the list without its items", envelope.length + bytes.length);
    envelope.add(bytes);
  }

  function assertSize(what: string, size: number): void {
    if (size > OBJECT_LIMIT) throw new LimitError(what, OBJECT_LIMIT, { request });
  }

  /**
   * Takes the last place that looks like a border for one. Saves the exact search, which costs a fifth of the parsing. Where it
   * goes wrong, the run is not JSON and the exact search goes over it.
   */
  function guess(pattern: Uint8Array): void {
    const at = lastIndexOf(run.view(), pattern, searched);
    if (at < 0 && run.length < guessLimit) {
      searched = Math.max(1, run.length - pattern.length);
      return;
    }
    searched = 1;
    const items = at < 0 ? undefined : tryParse(at + 1);
    if (items === undefined) {
      border = undefined;
      search();
    } else handler.onItems(items);
  }

  function tryParse(at: number): readonly unknown[] | undefined {
    try {
      return takeItems(at);
    } catch {
      run.memory[at] = comma;
      return undefined; // the exact search meets the error again, if it is one
    }
  }

  /** Goes through the run byte by byte, up to the closing bracket of the items. */
  function search(): void {
    const bytes = run.memory;
    const end = run.length;
    let i = searched;
    let lastBorder = 0;
    let level = depth;
    let text = inString;
    for (;;) {
      if (text) {
        if (escaped) i++;
        escaped = false;
        for (let c: number | undefined; i < end && (c = bytes[i]) !== quote; i++) if (c === backslash) i++;
        escaped = i > end;
        if (i >= end) break;
        text = false;
        i++;
      }
      let c: number | undefined;
      while (i < end && (c = bytes[i] as number) !== quote) {
        if (c === openObject || c === openList) level++;
        else if (c === closeObject || c === closeList) {
          if (level === 0) {
            endItems(i);
            return;
          }
          level--;
        } else if (c === comma && level === 0) {
          assertSize("the list's item", i - lastBorder);
          lastBorder = i;
        }
        i++;
      }
      if (i >= end) break;
      text = true;
      i++;
    }
    depth = level;
    inString = text;
    assertSize("the list's item", end - lastBorder);
    if (lastBorder > 0) handOn(lastBorder, false);
    searched = run.length;
  }

  /** The items end before `at`; what follows is the list's other fields. */
  function endItems(at: number): void {
    const rest = run.view().slice(at);
    depth = 2; // the bracket itself belongs to the envelope
    inString = false;
    inItems = false;
    handOn(at, true);
    run.drop(run.length);
    push(rest);
  }

  function handOn(at: number, final: boolean): void {
    const items = takeItems(at);
    if (items.length > 0) handler.onItems(items);
    else if (afterComma || !final)
      throw new DecodeError("Undecodable: the list has a comma without an item", { request });
    afterComma = !final;
  }

  /** Parses the items before `at`, where a border is or the closing bracket. */
  function takeItems(at: number): readonly unknown[] {
    run.memory[at] = closeList;
    const items = parse(decodeText(run.view(at + 1), request), request);
    run.memory[at] = openList;
    run.drop(at);
    return items;
  }

  return {
    push,
    end() {
      // The field may come twice.
      while (border !== undefined) {
        border = undefined;
        searched = 1;
        search();
      }
      // Within the items the rest has no end either.
      return parseJson(decodeText(envelope.view(), request), request);
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

/** Not before `from`. */
function lastIndexOf(bytes: Uint8Array, pattern: Uint8Array, from: number): number {
  const last = pattern.length - 1;
  for (let i = bytes.length - pattern.length; i >= from; i--) {
    if (bytes[i + 1] !== comma || bytes[i + 2] !== openObject) continue;
    let j = last;
    while (j >= 0 && bytes[i + j] === pattern[j]) j--;
    if (j < 0) return i;
  }
  return -1;
}
