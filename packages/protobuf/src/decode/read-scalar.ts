import { rawJson } from "@kubewright/core";
import { type ValueKind, valueKinds } from "../schema/message.ts";
import { readInt64 } from "../wire/int64.ts";
import type { Input } from "./input.ts";
import { Malformed } from "./malformed.ts";

/** Reads a number or a truth value. */
export function readScalar(kind: ValueKind, input: Input): unknown {
  switch (kind) {
    case valueKinds.bool:
      return input.bool();
    case valueKinds.int32:
      return input.int32();
    case valueKinds.int64:
      return asInJson(readInt64(input));
    default: {
      const value = input.double();
      if (Number.isFinite(value)) return doubleInJson(value);
      throw new Malformed("it has a number that JSON cannot hold");
    }
  }
}

/** As core reads JSON: what a double would round is written digit for digit. */
function asInJson(value: number | bigint): unknown {
  if (typeof value === "number") return value;
  return exact(String(value));
}

/** Go writes those below without an exponent, so that core's JSON takes them for integers. */
const firstExponent = 1e21;

function doubleInJson(value: number): unknown {
  const isLarge = Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < firstExponent;
  return isLarge ? exact(String(value)) : value;
}

function exact(digits: string): unknown {
  if (rawJson !== undefined) return rawJson(digits);
  throw new Malformed("it has a number that this platform would round; it needs JSON.rawJSON");
}
