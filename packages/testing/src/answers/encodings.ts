import type { LoadProtobuf } from "../exchange/protobuf-codec.ts";
import type { AnswerEncoding } from "./encoding.ts";
import { json } from "./json.ts";
import { protobuf } from "./protobuf.ts";
import { yaml } from "./yaml.ts";

/** What a server answers in, in the order in which it names them; protobuf only with a codec. */
export function createEncodings(load: LoadProtobuf | undefined): readonly AnswerEncoding[] {
  return load === undefined ? [json, yaml] : [json, yaml, protobuf(load)];
}
