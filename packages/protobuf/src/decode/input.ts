import { Reader } from "../wire/wire.ts";
import { tooLong } from "./malformed.ts";

/** Bytes that are being decoded. */
export class Input extends Reader {
  /** How many messages are open. */
  depth = 0;
  /** The values of the lists that are open, up to `top`. */
  readonly stack: unknown[] = [];
  top = 0;
}

/** Reads a length, and says where that ends what it is the length of: not behind `end`. */
export function endOfValue(input: Input, end: number): number {
  const stop = input.size() + input.pos;
  if (stop > end) throw tooLong();
  return stop;
}
