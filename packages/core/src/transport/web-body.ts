import { InputError } from "../errors/input-error.ts";
import type { ApiResponse } from "./transport.ts";

/** Up to this size an unread body is read to its end, which keeps its connection alive; larger ones are cancelled. */
const drainLimit = 64 * 1024;

/**
 * The body of a response from fetch. `failure` turns an error of reading into what is thrown, `release` is called once nothing of
 * the request is left.
 */
export function webBody(
  response: Response,
  failure: (error: unknown) => unknown,
  release: () => void,
): Pick<ApiResponse, "body" | "discard"> {
  let taken = false;
  if (!response.body) release();

  async function* read(): AsyncGenerator<Uint8Array, undefined> {
    const reader = response.body?.getReader();
    if (!reader) return;
    let ended = false;
    try {
      for (;;) {
        const { done, value } = await reader.read().catch((error: unknown) => {
          ended = true;
          throw failure(error);
        });
        ended = done;
        if (done) return;
        yield value;
      }
    } finally {
      // It may have failed by now, but nobody reads on.
      if (!ended) await reader.cancel().catch(() => undefined);
      release();
    }
  }

  async function drain(): Promise<void> {
    if (Number(response.headers.get("content-length") ?? Infinity) > drainLimit) {
      await response.body?.cancel();
      return;
    }
    for await (const _ of read()) {
      // nobody reads it
    }
  }

  return {
    body: {
      [Symbol.asyncIterator]() {
        if (taken) throw new InputError("body", "it can be read once");
        taken = true;
        return read();
      },
    },
    discard() {
      if (taken) return;
      taken = true;
      // An error of a body that nobody wants concerns nobody.
      drain()
        .catch(() => undefined)
        .finally(release);
    },
  };
}
