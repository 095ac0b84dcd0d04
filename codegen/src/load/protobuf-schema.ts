import { readFileSync } from "node:fs";
import { join } from "node:path";

/** openapi/protobuf.json: what OpenAPI does not say of the protobuf form of each type. */
export interface ProtobufSchema {
  /** The message around every object. */
  readonly envelope: string;
  /** By the name of the Go type. */
  readonly messages: Readonly<Record<string, ProtobufMessage>>;
}

export interface ProtobufMessage {
  /** The name of the type's schema in OpenAPI. */
  readonly openapi?: string;
  /** The kinds that it stands for. */
  readonly kinds?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
  /** Whether its JSON has apiVersion and kind. */
  readonly typeMeta?: boolean;
  /** What it is in JSON when it is not an object of its fields. */
  readonly special?: string;
  readonly fields: readonly ProtobufField[];
}

export interface ProtobufField {
  readonly number: number;
  readonly name: string;
  /** The whole tag: name, then omitempty, omitzero, inline. */
  readonly json: string;
  /** Whether it is an embedded struct. */
  readonly embedded?: boolean;
  readonly type: ProtobufType;
}

/** Exactly one of them is set. */
export interface ProtobufType {
  readonly scalar?: string;
  readonly message?: string;
  readonly list?: ProtobufType;
  readonly map?: { readonly key: ProtobufType; readonly value: ProtobufType };
  /** It can be absent. */
  readonly optional?: ProtobufType;
}

/** Reads the schema of a snapshot. */
export function readProtobufSchema(folder: string): ProtobufSchema {
  return JSON.parse(readFileSync(join(folder, "protobuf.json"), "utf8")) as ProtobufSchema;
}
