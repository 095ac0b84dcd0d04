import { eventBytes, itemBytes, type Encoding, type RecordedCollection, type Written } from "../recording.ts";
import { jsonWords } from "./json-words.ts";
import { protobufWords } from "./protobuf-words.ts";
import type { Said } from "./status.ts";

/** How the API server writes bodies to whom accepts an encoding. */
export interface Shapes {
  readonly listType: string;
  readonly watchType: string;
  readonly statusType: string;
  list(items: readonly Written[], metadata: ListMetadata): Uint8Array;
  event(type: string, object: Written): Uint8Array;
  /** An ERROR event. */
  error(said: Said): Uint8Array;
  bookmark(version: number, end: boolean): Uint8Array;
  status(said: Said): Uint8Array;
}

export interface ListMetadata {
  readonly version: number;
  readonly continue?: string | undefined;
  readonly remaining?: number | undefined;
}

/** What the server has to say of its own in one encoding. */
export interface Words {
  readonly type: string;
  readonly watchType: string;
  /** `items` come as the encoding writes them. */
  list(items: Uint8Array, metadata: ListMetadata): Uint8Array;
  bookmark(version: number, end: boolean): Uint8Array;
  error(said: Said): Uint8Array;
  status(said: Said): Uint8Array;
}

/** Custom resources have no protobuf: only refusals of theirs come in it. */
export function shapesOf(about: RecordedCollection, accepts: Encoding): Shapes {
  const [json, protobuf] = [jsonWords(about), protobufWords(about)];
  const inProtobuf = accepts === "protobuf" && about.group === "";
  const words = inProtobuf ? protobuf : json;
  const refusals = accepts === "protobuf" ? protobuf : json;
  return {
    listType: words.type,
    watchType: words.watchType,
    statusType: refusals.type,
    list: (items, metadata) => words.list(itemBytes(items, about, inProtobuf), metadata),
    event: (type, object) => eventBytes(type, object, about, inProtobuf),
    error: (said) => words.error(said),
    bookmark: (version, end) => words.bookmark(version, end),
    status: (said) => refusals.status(said),
  };
}
