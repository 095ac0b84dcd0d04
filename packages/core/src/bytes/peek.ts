import { joinBytes } from "./body.ts";

/** A body whose beginning has been looked at. */
export interface Peeked {
  /** Its first bytes: as many as were asked for, or all. */
  readonly start: Uint8Array;
  /** The whole body, to be read in place of the one that was given. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Waits for the first `size` bytes of a body. Never rejects: what breaks the body is for whoever reads it. */
export async function peek(body: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const rest = body[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let broken: { readonly error: unknown } | undefined;
  try {
    for (let come = 0; come < size;) {
      const next = await rest.next();
      if (next.done === true) break;
      first.push(next.value);
      come += next.value.length;
    }
  } catch (error) {
    broken = { error };
  }
  return { start: joinBytes(first).subarray(0, size), body: again(first, rest, broken) };
}

async function* again(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  broken: { readonly error: unknown } | undefined,
): AsyncGenerator<Uint8Array, undefined> {
  try {
    yield* first;
    if (broken !== undefined) throw broken.error;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
