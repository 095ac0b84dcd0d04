/**
 * What a value is on the wire and in JSON. The first ones are varints, `double` has eight bytes, all others have a length. Numbers,
 * because the decoder switches on them for every field.
 */
export const valueKinds = {
  bool: 0,
  int32: 1,
  int64: 2,
  double: 3,
  string: 4,
  /** Base64 in JSON. */
  bytes: 5,
  message: 6,
  /** metav1.Time: seconds in JSON, null when it is zero. */
  time: 7,
  /** metav1.MicroTime. */
  microTime: 8,
  /** resource.Quantity: a message of one text. */
  quantity: 9,
  intOrString: 10,
  /** metav1.FieldsV1: JSON in bytes, read when it is asked for. */
  fieldsV1: 11,
  /** runtime.RawExtension: JSON in bytes. */
  rawExtension: 12,
  /** apiextensions JSON: JSON in bytes. */
  json: 13,
} as const;

export type ValueKind = (typeof valueKinds)[keyof typeof valueKinds];

/** A field of a message. */
export interface Field {
  readonly number: number;
  /** How it begins on the wire: number and wire type. */
  readonly tag: number;
  /** Its name in JSON; empty for an inlined one. */
  readonly key: string;
  readonly kind: ValueKind;
  /** A map has text as keys; `kind` is that of its values, or of a list's items. */
  readonly holds: "one" | "list" | "map";
  /** In Go a pointer: it can be absent, and what is there is kept, zero too. */
  readonly pointer: boolean;
  /** Left out of JSON when it is empty: zero, or without items; of a struct it means nothing (encoding/json). */
  readonly omitEmpty: boolean;
  /** Left out of JSON when it is a zero struct. */
  readonly omitZero: boolean;
  /** Without items it is an empty list in JSON, where other lists are null: API servers make the items of lists so. */
  readonly neverNull: boolean;
  /** Its fields are those of the message around it. */
  readonly inline: boolean;
  /** Of values of kind `message`. */
  readonly message: Message | undefined;
  /** What API servers say in JSON of each of its objects, which on the wire have no envelope. */
  readonly typeMeta: TypeMeta | undefined;
}

/** What an object is. */
export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What JSON has where the wire has nothing: a zero, or a message without any fields of its own. */
export type Zero = null | string | number | boolean | readonly [] | Message;

/** Messages that are in JSON what one of their fields is. */
export type Union = "list" | "orArray" | "orBool" | "orStringArray";

/** A message of Kubernetes. */
export interface Message {
  /** What it is in JSON when it is no object of its fields. */
  readonly union: Union | undefined;
  /** Whether its JSON has apiVersion and kind, which on the wire are in the envelope. */
  readonly typeMeta: boolean;
  /** By number, with holes. */
  readonly fields: readonly (Field | undefined)[];
  /** The fields that JSON always has, inlined ones too, and what they are when the wire has nothing. */
  readonly always: readonly (readonly [key: string, zero: Zero])[];
}
