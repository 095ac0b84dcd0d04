import type { RequestInfo } from "../errors/kube-error.ts";
import type { Wanted } from "../types/wanted.ts";

/** A decoded object, its fields not looked at yet. */
export type Fields = Record<string, unknown>;

/** A kind of the API machinery that shows an object in another shape, such as Table. */
export interface Representation {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What becomes of each item of a list, as soon as it is decoded as it is wanted. */
export type Finish<T> = (item: Fields) => T;

/** One event of a watch as it came. */
export interface Frame {
  readonly type: unknown;
  readonly object: unknown;
}

/**
 * Writes and reads the API's objects in one encoding. Whatever the encoding, the objects are the same plain ones: fields as in JSON,
 * unknown ones included, numbers that a double would round as `JSON.rawJSON`. How a list's items and a watch's events are told apart
 * in the bytes is the codec's own affair; what they mean is not (codecs.ts). Errors never quote a body. One that follows a schema
 * throws a BeyondSchema instead of an object that is not whole; what is not `wanted` does not count.
 */
export interface Codec {
  /** Writes a value. @throws InputError that names the place below `field` of what it cannot hold, BeyondSchema */
  encode(value: unknown, field: string): string | Uint8Array;
  /** Reads one object that came whole. @throws DecodeError, BeyondSchema */
  decode(bytes: Uint8Array, request: RequestInfo): Fields;
  /**
   * Reads a list while it arrives, and lets the event loop run in between. Of each item it decodes what is `wanted`; what `finish`
   * makes of that stands in its place. Whatever else the body is comes as it is. Ceilings: 1 GiB in all, 32 MiB for an item.
   *
   * @throws DecodeError, LimitError, BeyondSchema
   */
  decodeList(
    chunks: AsyncIterable<Uint8Array>,
    request: RequestInfo,
    wanted: Wanted,
    finish: Finish<unknown>,
  ): Promise<Fields>;
  /**
   * Reads a watch while it arrives. Of the object of ADDED, MODIFIED and DELETED it decodes what is `wanted`; those of other events
   * come as they are. Ceiling of an event 32 MiB.
   *
   * @throws DecodeError, LimitError, BeyondSchema, ConnectionError when the body ends within an event
   */
  decodeEvents(chunks: AsyncIterable<Uint8Array>, request: RequestInfo, wanted: Wanted): AsyncIterable<Frame>;
}
