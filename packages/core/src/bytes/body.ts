import { DecodeError, LimitError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";

/** Ceiling of one object, event or error body, in bytes: 32 MiB. etcd refuses objects far below. */
export const OBJECT_LIMIT: number = 32 * 1024 * 1024;

/** Ceiling of a whole list, in bytes: 1 GiB. */
export const LIST_LIMIT: number = 1024 * 1024 * 1024;

// A byte order mark is data, and text that is not UTF-8 is refused rather than repaired.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/**
 * Reads a body to its end. `what` names it in errors, such as `"the list"`.
 *
 * @throws LimitError as soon as more than `limit` bytes have come; the connection is let go
 */
export async function readBytes(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  what: string,
  request: RequestInfo | undefined,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new LimitError(what, limit, { request });
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}

/** Reads the beginning of a body: until at least `size` bytes have come, or its end. The rest is discarded. */
export async function readStart(body: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let come = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    come += chunk.length;
    if (come >= size) break;
  }
  return joinBytes(chunks);
}

/** Reads a body to its end as text. Errors as {@link readBytes}, and a DecodeError when it is not UTF-8. */
export async function readText(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  what: string,
  request: RequestInfo | undefined,
): Promise<string> {
  return decodeText(await readBytes(body, limit, what, request), request);
}

/** Joins chunks; a single one is handed back as it is. */
export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** Decodes UTF-8. Bytes that are not are a DecodeError. */
export function decodeText(bytes: Uint8Array, request: RequestInfo | undefined): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new DecodeError("Undecodable: the body is not valid UTF-8", { request });
  }
}
