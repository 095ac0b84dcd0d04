import type { Codec } from "@kubewright/core";
import type { Plans } from "../decode/plans.ts";
import { encodeObject } from "../encode/encode-object.ts";
import type { Schema } from "../schema/schema.ts";
import { decodeEvents } from "./decode-events.ts";
import { decodeList } from "./decode-list.ts";
import { decodeObject } from "./decode-object.ts";

/** A codec of the kinds of a schema, whose plans for reading are `plans`. */
export function createCodec(schema: Schema, plans: Plans): Codec {
  return {
    encode: (value, field) => encodeObject(value, field, schema),
    decode: (bytes, request) => decodeObject(plans, bytes, request),
    decodeList: (chunks, request, wanted, finish) => decodeList(plans, chunks, request, wanted, finish),
    decodeEvents: (chunks, request, wanted) => decodeEvents(plans, chunks, request, wanted),
  };
}
