import { createWriter } from "../wire/wire.ts";
import { encodeAs, type Encodable } from "./encode.ts";

/**
 * An event of a watch as a server sends it in the type `application/vnd.kubernetes.protobuf;stream=watch`: its length in four bytes,
 * and a WatchEvent that holds the object. A watch is any number of these.
 *
 * @param object what {@link encode} takes; of an ERROR, a Status
 * @throws InputError as {@link encode}
 */
export function encodeWatchEvent(
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR",
  object: Encodable,
): Uint8Array {
  const writer = createWriter().raw(new Uint8Array(4));
  writer.uint32(tags.type).string(type);
  writer.uint32(tags.object).fork().uint32(tags.raw).bytes(encodeAs(object, "object")).ldelim();
  const frame = new Uint8Array(writer.pos);
  writer.finishInto(frame);
  new DataView(frame.buffer).setUint32(0, frame.length - 4);
  return frame;
}

/** Of WatchEvent, and the RawExtension in it: the number of a field times 8, and its wire type. */
const tags = { type: 10, object: 18, raw: 10 };
