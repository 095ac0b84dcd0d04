import type { WatchOutcome } from "../verbs/outcome.ts";

/** An object that says what it is. */
export interface Encodable {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** A list in parts, for its items may be many. */
export interface ListParts {
  /** All but the items. */
  readonly head: Encodable;
  /** The field of the items. */
  readonly field: "items" | "rows";
  /** Null where Go prints an empty list so. */
  readonly items: Iterable<object> | null;
}

/** Writes objects in one encoding. */
export interface Writer {
  object(object: Encodable): Uint8Array | Promise<Uint8Array>;
  /** Whole, or piece by piece where it is long. */
  list(list: ListParts): Uint8Array | Promise<Uint8Array> | AsyncIterable<Uint8Array>;
  /** One event, told apart from the next. */
  event(type: WatchOutcome["type"], object: Encodable): Uint8Array;
}

/** What answers can be written in. */
export interface AnswerEncoding {
  readonly mediaType: string;
  /** The media type of watches; undefined where it has none. */
  readonly watchType: string | undefined;
  /** Whether it can hold Tables. */
  readonly tables: boolean;
  /** `pretty`: for people, where it makes a difference. */
  writer(pretty: boolean): Writer | Promise<Writer>;
}

/** A list as one object. */
export function wholeList({ head, field, items }: ListParts): Encodable {
  return { ...head, [field]: items === null ? null : [...items] };
}
