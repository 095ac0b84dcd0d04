import { BeyondSchema, type Codec } from "@kubewright/core";
import type { Plans } from "../decode/plans.ts";
import { decodeEvents } from "./decode-events.ts";
import { decodeList } from "./decode-list.ts";
import { decodeObject } from "./decode-object.ts";

/** A codec of the kinds of a schema. */
export function createCodec(plans: Plans): Codec {
  return {
    encode() {
      throw new BeyondSchema("how to write");
    },
    decode: (bytes, request) => decodeObject(plans, bytes, request),
    decodeList: (chunks, request, wanted, finish) => decodeList(plans, chunks, request, wanted, finish),
    decodeEvents: (chunks, request, wanted) => decodeEvents(plans, chunks, request, wanted),
  };
}
