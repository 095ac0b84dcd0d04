import { InputError } from "../errors/input-error.ts";
import type { BodyStream } from "../types/body-stream.ts";

/** One that knows whether it was begun. */
export interface TrackedBody extends BodyStream {
  readonly begun: boolean;
}

/** Tells streams from bodies that are there whole. */
export function isBodyStream(body: unknown): body is BodyStream {
  return typeof body === "object" && body !== null && "chunks" in body;
}

/** Sees to it that a stream is read once, and that it is as long as it says. */
export function trackBody({ length, chunks }: BodyStream): TrackedBody {
  let begun = false;
  async function* read(): AsyncGenerator<Uint8Array, undefined> {
    let left = length;
    for await (const chunk of chunks) {
      left -= chunk.byteLength;
      if (left < 0) break;
      yield chunk;
    }
    if (left !== 0)
      throw new InputError(
        "body",
        `its chunks are ${left < 0 ? "more" : `${left} bytes fewer`} than its length, ${length} bytes`,
      );
  }
  return {
    length,
    get begun() {
      return begun;
    },
    chunks: {
      [Symbol.asyncIterator]() {
        if (begun) throw new InputError("body", "its chunks were read already, and can be read once");
        begun = true;
        return read();
      },
    },
  };
}
