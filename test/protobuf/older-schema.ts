import type { Codec } from "@kubewright/core";
import { createCodec } from "../../packages/protobuf/src/codec/create-codec.ts";
import { plansOf } from "../../packages/protobuf/src/decode/plans.ts";
import { kinds, messages } from "../../packages/protobuf/src/gen/table.ts";
import { createSchema } from "../../packages/protobuf/src/schema/schema.ts";

/** A codec whose schema lacks a field, given as the table has it (`binaryData:%y`), of a kind: every server is newer than it. */
export function codecWithout(field: string, apiVersion: string, kind: string): Codec {
  const index = kinds[`${apiVersion} ${kind}`];
  const text = index === undefined ? undefined : messages[index];
  if (text?.split(" ").includes(field) !== true) throw new Error(`${kind} has no field ${field}: ${text}`);
  const fields = text.split(" ");
  const at = fields.indexOf(field);
  // Who comes after it keeps its number.
  const next = fields[at + 1];
  if (next !== undefined && !next.includes("=")) fields[at + 1] = `${numberAt(fields, at) + 1}=${next}`;
  fields.splice(at, 1);
  const older = messages.with(index as number, fields.join(" "));
  const schema = createSchema(older, kinds);
  return createCodec(schema, plansOf(schema));
}

/** Fields are numbered from 1 on, unless one says its number. */
function numberAt(fields: readonly string[], at: number): number {
  const given = /^(\d+)=/.exec(fields[at] ?? "")?.[1];
  return given === undefined ? (at === 0 ? 1 : numberAt(fields, at - 1) + 1) : Number(given);
}
