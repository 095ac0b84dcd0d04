import { protobufType } from "../exchange/media-type.ts";
import type { LoadProtobuf, ProtobufCodec } from "../exchange/protobuf-codec.ts";
import { type AnswerEncoding, type Encodable, wholeList, type Writer } from "./encoding.ts";

/** Protobuf, by a codec that is loaded when it is first asked for. */
export function protobuf(load: LoadProtobuf): AnswerEncoding {
  return {
    mediaType: protobufType,
    watchType: `${protobufType};stream=watch`,
    tables: false,
    writer: async () => writerOf(await load()),
  };
}

function writerOf({ encode, encodeWatchEvent }: ProtobufCodec): Writer {
  return {
    // The discovery of the first API, which has no group, is of v1 and does not say so.
    object: (object) => ("apiVersion" in object ? encode(object) : unversioned(encode(asVersion1(object)))),
    list: (list) => encode(wholeList(list)),
    event: encodeWatchEvent,
  };
}

function asVersion1(object: object): Encodable {
  return { apiVersion: "v1", ...object } as Encodable;
}

/** Takes `v1` out of an object's envelope: behind four bytes that every object begins with, `0a SIZE 0a 02 v 1`. */
function unversioned(bytes: Uint8Array): Uint8Array {
  const made = new Uint8Array(bytes.length - 2);
  made.set(bytes.subarray(0, 8));
  made.set(bytes.subarray(10), 8);
  made[5]! -= 2;
  made[7] = 0;
  return made;
}
