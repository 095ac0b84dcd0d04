import type { Fields } from "@kubewright/core";
import { readFields } from "../decode/decode-message.ts";
import { endOfValue, type Input } from "../decode/input.ts";
import { Malformed, tooLong, unknownField } from "../decode/malformed.ts";
import type { Plan } from "../decode/plan.ts";
import { readText } from "../decode/read-text.ts";
import type { TypeMeta } from "../schema/message.ts";

/** What every object in protobuf begins with: `k8s` and a zero. A message runtime.Unknown follows. */
const magic = [0x6b, 0x38, 0x73, 0x00] as const;

/** Its fields, as they begin. */
export const envelopeTags = { typeMeta: 10, raw: 18, contentEncoding: 26, contentType: 34 } as const;

export function readMagic(input: Input, end: number): void {
  if (!hasMagic(input, end)) throw new Malformed("it does not begin as an object of Kubernetes does");
  input.pos += magic.length;
}

export function hasMagic({ buf, pos }: Input, end: number): boolean {
  return end - pos >= magic.length && magic.every((byte, i) => buf[pos + i] === byte);
}

/** Reads apiVersion and kind out of the envelope. */
export function readTypeMeta(input: Input, end: number): TypeMeta {
  let apiVersion = "";
  let kind = "";
  while (input.pos < end) {
    const tag = input.tag();
    if (tag === 10) apiVersion = readText(input, endOfValue(input, end), undefined);
    else if (tag === 18) kind = readText(input, endOfValue(input, end), undefined);
    else throw unknownField(tag, "the envelope");
  }
  if (input.pos !== end) throw tooLong();
  return { apiVersion, kind };
}

/** Reads what Kubernetes always leaves empty, or does not look at. */
export function readContentField(tag: number, input: Input, end: number): void {
  if (tag === envelopeTags.contentEncoding && input.pos < end) throw new Malformed("its content has an encoding");
  if (tag !== envelopeTags.contentEncoding && tag !== envelopeTags.contentType) throw unknownField(tag, "the envelope");
  input.pos = end;
}

/** Reads an object with its envelope, which end at `end`; `planOf` says as what. */
export function readObject(input: Input, end: number, planOf: (type: TypeMeta) => Plan): Fields {
  readMagic(input, end);
  let type: TypeMeta = { apiVersion: "", kind: "" };
  let start: number | undefined;
  let stop = end;
  while (input.pos < end) {
    const tag = input.tag();
    const next = endOfValue(input, end);
    if (tag === envelopeTags.typeMeta) type = readTypeMeta(input, next);
    else if (tag === envelopeTags.raw) {
      start = input.pos;
      stop = next;
    } else readContentField(tag, input, next);
    input.pos = next;
  }
  // Also of an object without fields there are the bytes, none.
  if (start === undefined) throw new Malformed("it has no object");
  input.pos = start;
  const object = begun(type);
  readFields(object, planOf(type), input, stop);
  input.pos = end;
  return object;
}

/** An object that has nothing yet but its kind. The discovery of the first API, which has no group, does not say its apiVersion. */
export function begun({ apiVersion, kind }: TypeMeta): Fields {
  if (kind === "") throw new Malformed("it does not say its kind");
  return apiVersion === "" ? { kind } : { kind, apiVersion };
}
