import { decodeText, joinBytes } from "./body.ts";
import { LimitError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";

const newline = 10;
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Cuts bytes that arrive in chunks into the lines of a UTF-8 text. */
export interface LineSplitter {
  /** Takes the next bytes and gives the lines that they complete, without their `\n`. A `\r` stays. */
  push(chunk: Uint8Array): string[];
  /** After the last chunk: the line without an end, or undefined if there is none. */
  flush(): string | undefined;
}

/** What {@link createLineSplitter} takes beside the ceiling. */
export interface LineSplitterOptions {
  /** The call, for errors. */
  readonly request?: RequestInfo | undefined;
  /** What to do with bytes that are not UTF-8: throw a DecodeError, or (default, for logs) put U+FFFD in their place. */
  readonly fatal?: boolean | undefined;
}

/**
 * Makes a splitter. `limit` is the ceiling of one line in bytes, `what` names a line in errors, such as `"the log line"`.
 * `push` throws a LimitError once a line, ended or not, is longer.
 */
export function createLineSplitter(limit: number, what: string, options: LineSplitterOptions = {}): LineSplitter {
  const { request, fatal = false } = options;
  const decode = (bytes: Uint8Array): string => (fatal ? decodeText(bytes, request) : lenient.decode(bytes));
  let pending: Uint8Array[] = [];
  let size = 0;

  function takePending(last: Uint8Array): Uint8Array {
    if (size === 0) return last;
    pending.push(last);
    const bytes = joinBytes(pending);
    pending = [];
    size = 0;
    return bytes;
  }

  function assertSize(length: number): void {
    if (length > limit) throw new LimitError(what, limit, { request });
  }

  return {
    push(chunk) {
      const end = chunk.lastIndexOf(newline);
      if (end < 0) {
        if (chunk.length > 0) pending.push(chunk);
        size += chunk.length;
        assertSize(size);
        return [];
      }
      assertSize(size + chunk.indexOf(newline));
      if (chunk.length > limit) {
        for (let start = 0, stop: number; start < chunk.length; start = stop + 1) {
          stop = chunk.indexOf(newline, start);
          if (stop < 0) stop = chunk.length;
          assertSize(stop - start);
        }
      }
      // No byte of a longer UTF-8 sequence is a newline: complete lines can be decoded together.
      const lines = decode(takePending(chunk.subarray(0, end))).split("\n");
      if (end + 1 < chunk.length) {
        pending = [chunk.subarray(end + 1)];
        size = chunk.length - end - 1;
      }
      return lines;
    },
    flush() {
      return size === 0 ? undefined : decode(takePending(new Uint8Array(0)));
    },
  };
}
