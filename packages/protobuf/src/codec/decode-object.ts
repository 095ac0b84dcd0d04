import type { Fields, RequestInfo } from "@kubewright/core";
import { Input } from "../decode/input.ts";
import type { Plans } from "../decode/plans.ts";
import { asDecodeError } from "./as-decode-error.ts";
import { readObject } from "./envelope.ts";

/** Reads one object with its envelope. @throws DecodeError, BeyondSchema */
export function decodeObject(plans: Plans, bytes: Uint8Array, request?: RequestInfo): Fields {
  try {
    const input = new Input(bytes);
    return readObject(input, bytes.length, ({ apiVersion, kind }) => plans.whole(apiVersion, kind));
  } catch (error) {
    throw asDecodeError(error, request);
  }
}
