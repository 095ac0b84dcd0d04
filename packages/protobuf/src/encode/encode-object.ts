import { encodeJson, InputError, parseJson } from "@kubewright/core";
import type { Schema } from "../schema/schema.ts";
import { createWriter, type Writer } from "../wire/wire.ts";
import { NotInSchema } from "./not-in-schema.ts";
import { maxSize, ObjectWriter } from "./object-writer.ts";
import { planOf } from "./plan.ts";
import { isFields, mustBe } from "./plain.ts";

/**
 * An object in protobuf, in the envelope that says what it is: Go reads the same from it as from the object's JSON.
 *
 * @throws InputError that names the place below `field` of what JSON or the field cannot hold, NotInSchema for a kind or field that the
 * schema does not know
 */
export function encodeObject(value: unknown, field: string, schema: Schema): Uint8Array {
  const writer = createWriter();
  try {
    write(writer, value, field, schema);
    return writer.finishInto(new Uint8Array(writer.pos));
  } catch (error) {
    if (writer.pos > maxSize) throw error;
  }
  // What is no plain data is what JSON makes of it (a Date, a bigint), or refused for JSON's reasons.
  const plain = createWriter();
  write(plain, parseJson(encodeJson(value, field)), field, schema);
  return plain.finishInto(new Uint8Array(plain.pos));
}

function write(writer: Writer, value: unknown, field: string, schema: Schema): void {
  if (!isFields(value)) throw new InputError(field, mustBe("an object", value));
  const apiVersion = identifying(value, "apiVersion");
  const kind = identifying(value, "kind");
  const message = schema.kind(apiVersion, kind);
  if (message === undefined) throw new NotInSchema(`the kind ${kind} of ${apiVersion}`, ".kind");
  writer.raw(magic).uint32(tags.typeMeta).fork();
  writer.uint32(tags.apiVersion).string(apiVersion).uint32(tags.kind).string(kind).ldelim();
  writer.uint32(tags.raw).fork();
  try {
    new ObjectWriter(writer, field).message(value, planOf(message));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(field, "its objects lie too deep inside each other", { cause });
  }
  writer.ldelim();
}

function identifying(object: Readonly<Record<string, unknown>>, key: "apiVersion" | "kind"): string {
  const value = object[key];
  if (typeof value === "string" && value !== "") return value;
  throw new NotInSchema(`an object without ${key}`, `.${key}`);
}

/** What every object in protobuf begins with: `k8s` and a zero. */
const magic = Uint8Array.of(0x6b, 0x38, 0x73, 0);

/** Of runtime.Unknown and its TypeMeta: the number of a field times 8, and its wire type. */
const tags = { typeMeta: 10, apiVersion: 10, kind: 18, raw: 18 };
