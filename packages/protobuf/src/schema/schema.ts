import { type Field, type Message, type ValueKind, valueKinds, type Zero } from "./message.ts";
import { type OwnMessage, readMessage } from "./read-message.ts";
import { zeroOfKind } from "./zero-of-kind.ts";

/** The messages of Kubernetes by their kinds. They are read out of the table when they are first needed. */
export interface Schema {
  /** The message of a kind; undefined for one that is not known. */
  kind(apiVersion: string, kind: string): Message | undefined;
}

/** A schema out of the texts of messages and the place of each kind's among them, by `apiVersion kind`. */
export function createSchema(texts: readonly string[], kinds: Readonly<Record<string, number>>): Schema {
  const messages = new Map<number, Message>();

  /** A message and all that it refers to: decoding then never has to ask whether one was read. */
  const readFrom = (first: number): Message => {
    const read: number[] = [];
    const messageAt = (index: number): Message => {
      const known = messages.get(index);
      if (known !== undefined) return known;
      const message = { union: undefined, typeMeta: false, fields: [], always: [] };
      messages.set(index, message);
      read.push(index);
      return message;
    };
    const message = messageAt(first);
    for (const index of read) {
      const own: OwnMessage = readMessage(texts[index] ?? "", messageAt);
      Object.assign(messages.get(index)!, own);
    }
    for (const index of read) {
      const { fields } = messages.get(index)!;
      Object.assign(messages.get(index)!, { always: fields.flatMap((field) => zerosOf(field)) });
    }
    return message;
  };

  return {
    kind(apiVersion, kind) {
      const index = kinds[`${apiVersion} ${kind}`];
      return index === undefined ? undefined : (messages.get(index) ?? readFrom(index));
    },
  };
}

type Always = readonly [key: string, zero: Zero];

/** What JSON has of a field that the wire leaves out: encoding/json leaves out no struct, and writes a nil list as null. */
function zerosOf(field: Field | undefined): readonly Always[] {
  if (field === undefined) return [];
  const { key, kind, holds, message } = field;
  if (field.inline) return message?.fields.flatMap((inner) => zerosOf(inner)) ?? [];
  if (field.omitZero) return [];
  if (field.neverNull) return [[key, []]];
  if (holds !== "one" || field.pointer) return field.omitEmpty ? [] : [[key, null]];
  const isStruct = kind >= valueKinds.message && !isSlice(message);
  return isStruct || !field.omitEmpty ? [[key, zeroOf(kind, message)]] : [];
}

/** A named list is a slice in Go; the other unions are structs. */
function isSlice(message: Message | undefined): boolean {
  return message?.union === "list";
}

function zeroOf(kind: ValueKind, message: Message | undefined): Zero {
  if (kind === valueKinds.message) return message === undefined || isSlice(message) ? null : message;
  return zeroOfKind(kind);
}
