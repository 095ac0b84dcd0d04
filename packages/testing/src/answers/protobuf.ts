import { protobufType } from "../exchange/media-type.ts";
import type { LoadProtobuf, ProtobufCodec } from "../exchange/protobuf-codec.ts";
import { type AnswerEncoding, wholeList, type Writer } from "./encoding.ts";

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
    object: encode,
    list: (list) => encode(wholeList(list)),
    event: encodeWatchEvent,
  };
}
