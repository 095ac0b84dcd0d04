import type { ServerAnswer, ServerRequest } from "../exchange/exchange.ts";

/** Bytes above which an answer is compressed for who accepts that (k8s.io/apiserver pkg/endpoints/handlers/responsewriters). */
const least = 128 * 1024;

/** An answer by gzip, where it is large, the request accepts it and the platform can do it; else as it is. */
export function compressed(answer: ServerAnswer, { headers }: ServerRequest): ServerAnswer {
  const { body } = answer;
  const accepted = (headers.get("accept-encoding") ?? "").split(",").some((token) => token.trim() === "gzip");
  const isSmall = body instanceof Uint8Array && body.length <= least;
  if (!accepted || isSmall || typeof CompressionStream === "undefined") return answer;
  return {
    ...answer,
    headers: { ...answer.headers, "content-encoding": ["gzip"], vary: ["Accept-Encoding"] },
    body: gzipped(body instanceof Uint8Array ? [body] : body),
  };
}

async function* gzipped(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  const { readable, writable } = new CompressionStream("gzip");
  const reader = readable.getReader();
  const writing = write(pieces, writable);
  // Whoever reads hears of a failure from the stream itself.
  writing.catch(() => undefined);
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
    await writing;
  } finally {
    await reader.cancel();
  }
}

async function write(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  writable: CompressionStream["writable"],
): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const piece of pieces) await writer.write(piece as Uint8Array<ArrayBuffer>);
    await writer.close();
  } catch (error) {
    await writer.abort(error);
    throw error;
  }
}
