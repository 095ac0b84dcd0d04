import { BrokenConnection, type Break } from "../exchange/broken-connection.ts";
import type { ServerAnswer } from "../exchange/exchange.ts";

type Body = ServerAnswer["body"];

/** The first bytes of a body, then the connection breaks. */
export async function* broken(body: Body, bytes: number, how: Break): AsyncGenerator<Uint8Array, undefined> {
  yield* upTo(body, bytes);
  throw new BrokenConnection(how);
}

/** The first bytes of a body, then nothing, until the stall is over. */
export async function* stalled(body: Body, bytes: number, over: AbortSignal): AsyncGenerator<Uint8Array, undefined> {
  let left = bytes;
  for await (const chunk of chunksOf(body)) {
    const now = left < chunk.length ? chunk.subarray(0, left) : chunk;
    if (now.length > 0) yield now;
    left -= now.length;
    if (now.length < chunk.length) {
      await aborted(over);
      yield chunk.subarray(now.length);
      left = Infinity;
    }
  }
}

/** Resolves once the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function* upTo(body: Body, bytes: number): AsyncGenerator<Uint8Array, undefined> {
  let left = bytes;
  if (left === 0) return;
  for await (const chunk of chunksOf(body)) {
    const now = chunk.subarray(0, Math.min(left, chunk.length));
    yield now;
    left -= now.length;
    if (left === 0) return;
  }
}

async function* chunksOf(body: Body): AsyncGenerator<Uint8Array, undefined> {
  if (body instanceof Uint8Array) yield body;
  else yield* body;
}
