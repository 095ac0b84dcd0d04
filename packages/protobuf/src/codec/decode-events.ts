import { ConnectionError, type Frame, LimitError, OBJECT_LIMIT, type RequestInfo, type Wanted } from "@kubewright/core";
import { endOfValue, type Input } from "../decode/input.ts";
import { Malformed, unknownField } from "../decode/malformed.ts";
import type { Plans } from "../decode/plans.ts";
import { onlyValue } from "../decode/read-special.ts";
import { readText } from "../decode/read-text.ts";
import { asDecodeError } from "./as-decode-error.ts";
import { hasMagic, readObject } from "./envelope.ts";
import { Source } from "./source.ts";

/** Each event begins with its length: four bytes, the highest first. */
const lengthSize = 4;

/** Reads a watch while it arrives. See core's Codec.decodeEvents. */
export async function* decodeEvents(
  plans: Plans,
  chunks: AsyncIterable<Uint8Array>,
  request: RequestInfo,
  wanted: Wanted,
): AsyncGenerator<Frame, undefined> {
  const source = new Source();
  let isObject = false;
  for await (const chunk of chunks) {
    source.push(chunk);
    // No event begins so: it would be far above the ceiling.
    isObject ||= source.position === 0 && source.ensure(lengthSize) && hasMagic(source.input, source.input.len);
    if (isObject) {
      if (source.ensure(OBJECT_LIMIT + 1)) throw new LimitError("the answer", OBJECT_LIMIT, { request });
      continue;
    }
    while (source.ensure(lengthSize)) {
      const size = lengthAt(source.input);
      if (size > OBJECT_LIMIT) throw new LimitError("the watch event", OBJECT_LIMIT, { request });
      if (!source.ensure(lengthSize + size)) break;
      yield decoded(request, () => readEvent(plans, source.input, size, wanted));
    }
  }
  if (isObject) yield decoded(request, () => readRefusal(plans, source.input));
  else if (source.available > 0)
    throw new ConnectionError("Disconnected: the watch ended in the middle of an event", { request });
}

function lengthAt({ buf, pos }: Input): number {
  return new DataView(buf.buffer, buf.byteOffset + pos).getUint32(0);
}

function decoded(request: RequestInfo, read: () => Frame): Frame {
  try {
    return read();
  } catch (error) {
    throw asDecodeError(error, request);
  }
}

/** Reads a metav1.WatchEvent of a size, which has no envelope. */
function readEvent(plans: Plans, input: Input, size: number, wanted: Wanted): Frame {
  input.pos += lengthSize;
  const end = input.pos + size;
  let type = "";
  let object: number | undefined;
  let objectEnd = end;
  while (input.pos < end) {
    const tag = input.tag();
    if (tag !== 10 && tag !== 18) throw unknownField(tag, "WatchEvent");
    const next = endOfValue(input, end);
    if (tag === 10) type = readText(input, next, undefined);
    else {
      object = input.pos;
      objectEnd = next;
    }
    input.pos = next;
  }
  if (object === undefined) throw new Malformed("an event has no object");
  input.pos = object;
  // A RawExtension, the only one whose bytes are no JSON.
  const rawEnd = onlyValue(input, objectEnd, "WatchEvent");
  if (rawEnd === undefined) throw new Malformed("an event has no object");
  const found = readObject(input, rawEnd, ({ apiVersion, kind }) => {
    const plan = plans.whole(apiVersion, kind);
    return isChange(type) ? plans.wanted(plan, wanted) : plan;
  });
  input.pos = end;
  return { type, object: found };
}

// A BOOKMARK says what it has to say in its annotations.
function isChange(type: string): boolean {
  return type === "ADDED" || type === "MODIFIED" || type === "DELETED";
}

/** What refuses a watch behind a 200 sends the Status by itself. */
function readRefusal(plans: Plans, input: Input): Frame {
  const object = readObject(input, input.len, ({ apiVersion, kind }) => plans.whole(apiVersion, kind));
  return { type: object["kind"] === "Status" ? "ERROR" : undefined, object };
}
