import type { Codec, Fields } from "@kubewright/core";
import { createCodec } from "./codec/create-codec.ts";
import { decodeObject } from "./codec/decode-object.ts";
import { kubernetes } from "./codec/kubernetes.ts";
import { plansOf } from "./decode/plans.ts";

const plans = plansOf(kubernetes);

/** The codec of `application/vnd.kubernetes.protobuf`, for every kind of Kubernetes that has a form in it. */
export const protobuf: Codec = createCodec(kubernetes, plans);

/**
 * Reads an object in protobuf: `k8s`, a zero, and the envelope that tells its kind. What comes out is the plain object that the API
 * server answers in JSON, field by field.
 *
 * @throws DecodeError for bytes that are none; BeyondSchema for a kind or a field that this version does not know
 */
export function decode(bytes: Uint8Array): Fields {
  return decodeObject(plans, bytes);
}
