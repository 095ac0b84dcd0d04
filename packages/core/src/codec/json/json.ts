import { decodeText } from "../../bytes/body.ts";
import { DecodeError } from "../../errors/body-errors.ts";
import type { Codec, Representation } from "../codec.ts";
import type { Encoding } from "../encoding.ts";
import { isObject } from "../is-object.ts";
import { encodeJson } from "./encode-json.ts";
import { decodeJsonList } from "./list.ts";
import { parseJson } from "./parse-json.ts";
import { decodeJsonLines } from "./json-lines.ts";

const mediaType = "application/json";

const codec: Codec = {
  encode: encodeJson,
  decode(bytes, request) {
    const value = parseJson(decodeText(bytes, request), request);
    if (isObject(value)) return value;
    throw new DecodeError("Undecodable: the body is JSON, but not an object", { request });
  },
  decodeList: decodeJsonList,
  decodeEvents: decodeJsonLines,
};

/** JSON: every API server speaks it, and for custom resources nothing else. Its codec is always there. */
export const json: Encoding & { readonly codec: Codec } = {
  mediaType,
  reads: (type) => /^application\/(?:.+\+)?json$/.test(type),
  recognizes: () => true,
  accept: jsonRange,
  codec,
  load: () => Promise.resolve(codec),
};

/** The range of an Accept header that asks for JSON, which can hold everything. */
export function jsonRange(as: Representation | undefined): string {
  return as === undefined ? mediaType : `${mediaType};as=${as.kind};g=${as.group};v=${as.version}`;
}
