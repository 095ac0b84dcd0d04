import { createHash, randomBytes } from "node:crypto";

/** What a stream brought, as its size and sum. */
export interface Summed {
  readonly size: number;
  readonly sum: string;
}

export async function sumOf(stream: AsyncIterable<Uint8Array>): Promise<Summed> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { size, sum: hash.digest("hex") };
}

/** Random bytes in pieces of this size, and their sum once they were all taken. */
export function randomInput(
  size: number,
  pieceBytes: number,
): { readonly pieces: AsyncIterable<Uint8Array>; readonly sum: () => Summed } {
  const hash = createHash("sha256");
  let sent = 0;
  return {
    pieces: {
      async *[Symbol.asyncIterator]() {
        while (sent < size) {
          const piece = randomBytes(Math.min(pieceBytes, size - sent));
          hash.update(piece);
          sent += piece.byteLength;
          yield piece;
        }
      },
    },
    sum: () => ({ size: sent, sum: hash.copy().digest("hex") }),
  };
}

/**
 * Input that ends only when so many bytes have been read, on one stream or several. What still waits somewhere when a command ends, the
 * kubelet can lose, and then it says success (docs/pod-streams.md).
 */
export function untilRead(
  size: number,
  pieces: AsyncIterable<Uint8Array>,
): { readonly pieces: AsyncIterable<Uint8Array>; count(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> } {
  let left = size;
  let resolve = (): void => {};
  const all = new Promise<void>((settle) => (resolve = settle));
  const took = (bytes: number): void => {
    left -= bytes;
    if (left <= 0) resolve();
  };
  took(0);
  return {
    pieces: (async function* () {
      yield* pieces;
      await all;
    })(),
    async *count(stream) {
      for await (const chunk of stream) {
        took(chunk.byteLength);
        yield chunk;
      }
    },
  };
}

/** A sequence of numbers from 0 to below 1 that a seed decides. */
export function chancesOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Bytes that a seed decides, in pieces of 1 byte to 1 MiB, and their sum once they were all taken. */
export function seededInput(
  seed: number,
  size: number,
): { readonly pieces: AsyncIterable<Uint8Array>; readonly sum: () => Summed } {
  const chance = chancesOf(seed);
  const hash = createHash("sha256");
  let sent = 0;
  return {
    pieces: {
      async *[Symbol.asyncIterator]() {
        const noise = randomBytesOf(chance, 1024 * 1024 + 64 * 1024);
        while (sent < size) {
          const bytes = Math.min(size - sent, Math.ceil(2 ** (20 * chance())));
          const from = Math.floor(chance() * 64 * 1024);
          const piece = noise.subarray(from, from + bytes);
          hash.update(piece);
          sent += bytes;
          yield piece;
        }
      },
    },
    sum: () => ({ size: sent, sum: hash.copy().digest("hex") }),
  };
}

function randomBytesOf(chance: () => number, size: number): Uint8Array {
  const words = new Uint32Array(size / 4);
  for (let at = 0; at < words.length; at++) words[at] = chance() * 2 ** 32;
  return new Uint8Array(words.buffer);
}
