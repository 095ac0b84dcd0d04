import { jsonBytes, jsonType } from "../exchange/media-type.ts";
import { type AnswerEncoding, type Encodable, type ListParts, wholeList, type Writer } from "./encoding.ts";

/** Characters of a piece of a list, at least. */
const pieceLength = 256 * 1024;

const encoder = new TextEncoder();

const compact: Writer = {
  object: jsonBytes,
  list: compactList,
  event: (type, object) => jsonBytes({ type, object }),
};

const pretty: Writer = {
  object: prettyBytes,
  list: (list) => prettyBytes(wholeList(list)),
  event: compact.event,
};

/** JSON, what answers are written in when nobody asks for anything else. */
export const json: AnswerEncoding = {
  mediaType: jsonType,
  watchType: jsonType,
  tables: true,
  writer: (forPeople) => (forPeople ? pretty : compact),
};

/** A value as the API server shows it to people. */
export function prettyBytes(value: Encodable): Uint8Array {
  return encoder.encode(JSON.stringify(value, undefined, 2));
}

function compactList(list: ListParts): Uint8Array | AsyncIterable<Uint8Array> {
  const pieces = piecesOf(list);
  const first = pieces.next().value ?? new Uint8Array();
  const second = pieces.next();
  return second.done === true ? first : all([first, second.value], pieces);
}

async function* all(begun: readonly Uint8Array[], rest: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  yield* begun;
  yield* rest;
}

function* piecesOf({ head, field, items }: ListParts): Generator<Uint8Array, undefined> {
  let text = `${JSON.stringify(head).slice(0, -1)},"${field}":`;
  if (items === null) {
    yield encoder.encode(`${text}null}\n`);
    return;
  }
  text += "[";
  let comma = "";
  for (const item of items) {
    text += comma + JSON.stringify(item);
    comma = ",";
    if (text.length < pieceLength) continue;
    yield encoder.encode(text);
    text = "";
  }
  yield encoder.encode(`${text}]}\n`);
}
