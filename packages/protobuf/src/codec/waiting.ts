import { Malformed } from "../decode/malformed.ts";
import type { Source } from "./source.ts";

/** What a reader of a {@link Source} waits for when it pauses: more bytes, or only until others had their turn. */
export type Wait = "bytes" | "turn";

/** Waits until the next `count` bytes stand in one piece. @throws Malformed if they never come */
export function* need(source: Source, count: number): Generator<Wait, void> {
  while (!source.ensure(count)) {
    if (source.ended) throw new Malformed("it ends too early");
    yield "bytes";
  }
}

/** Waits for more, and says whether there is any. */
export function* hasMore(source: Source): Generator<Wait, boolean> {
  while (!source.ensure(1)) {
    if (source.ended) return false;
    yield "bytes";
  }
  return true;
}

/** How a field begins. */
export interface Header {
  readonly tag: number;
  /** How many bytes its value has. */
  readonly size: number;
  /** How many bytes come before the value. */
  readonly length: number;
}

/** The longest header. */
const longest = 10;

/** Waits for the header of a field that has a length, as all of envelopes and lists do. Reads nothing of it. */
export function* header(source: Source): Generator<Wait, Header> {
  for (let count = 2; !source.ensure(longest) && !hasNumbers(source); count = source.available + 1) {
    yield* need(source, count);
  }
  const { input } = source;
  const { pos } = input;
  const tag = input.tag();
  const size = (tag & 7) === 2 ? input.size() : 0;
  const length = input.pos - pos;
  input.pos = pos;
  return { tag, size, length };
}

/** Whether two whole numbers stand there. */
function hasNumbers({ input: { buf, pos, len } }: Source): boolean {
  let ends = 0;
  for (let i = pos; i < len; i++) if (buf[i]! < 128 && ++ends === 2) return true;
  return false;
}
