import { type Field, type Message, type Union, type ValueKind, valueKinds } from "./message.ts";

const kinds: Readonly<Record<string, ValueKind>> = {
  b: valueKinds.bool,
  i: valueKinds.int32,
  l: valueKinds.int64,
  d: valueKinds.double,
  s: valueKinds.string,
  y: valueKinds.bytes,
  T: valueKinds.time,
  M: valueKinds.microTime,
  q: valueKinds.quantity,
  o: valueKinds.intOrString,
  F: valueKinds.fieldsV1,
  R: valueKinds.rawExtension,
  J: valueKinds.json,
};

const header = /^(?:([a-zA-Z]+)\|)?(\^\|)?/;
const fieldText = /^(?:(\d+)=)?([^+?![~:]*)([+?![~]*):([*%]?)(\w+)(?:@(.+)\/(\w+))?$/;

/** A message without what has to be known of other messages. */
export type OwnMessage = Omit<Message, "always">;

/**
 * Reads a message of the generated table:
 *
 * - `list|`, `orArray|` and their like: its {@link Union}; `^|`: its JSON has apiVersion and kind;
 * - its fields with a space between, each `number=name marks:type`. Without a number it has the next one after the field before;
 * - marks: `+` inlined, `?` a pointer, `!` not left out when empty, `[` never null, `~` left out when a zero struct;
 * - type: `*` a list, `%` a map, then a letter of `kinds` or the place of a message in the table; then `@apiVersion/kind` if each object
 *   says so in JSON.
 *
 * @throws Error for a text that is none
 */
export function readMessage(text: string, messageAt: (index: number) => Message): OwnMessage {
  const [start = "", union, typeMeta] = header.exec(text) ?? [];
  const fields: (Field | undefined)[] = [];
  let next = 1;
  for (const part of text.slice(start.length).split(" ")) {
    if (part === "") continue;
    const field = readField(part, next, messageAt);
    // Filled from the start on, so that engines see a list, and no table.
    while (fields.length < field.number) fields.push(undefined);
    fields.push(field);
    next = field.number + 1;
  }
  return { union: union as Union | undefined, typeMeta: typeMeta !== undefined, fields };
}

function readField(text: string, next: number, messageAt: (index: number) => Message): Field {
  const [, given, key = "", marks = "", holds, type = "", apiVersion, of] = fieldText.exec(text) ?? [];
  const number = given === undefined ? next : Number(given);
  const index = /^\d/.test(type) ? Number(type) : undefined;
  const kind = index === undefined ? kinds[type] : valueKinds.message;
  if (kind === undefined) throw new Error(`The table of messages has a field that cannot be read: ${text}`);
  return {
    number,
    tag: number * 8 + (holds === "%" ? 2 : wireType(kind)),
    key,
    kind,
    holds: holds === "" ? "one" : holds === "%" ? "map" : "list",
    pointer: marks.includes("?"),
    omitEmpty: !marks.includes("!") && !marks.includes("["),
    omitZero: marks.includes("~"),
    neverNull: marks.includes("["),
    inline: marks.includes("+"),
    message: index === undefined ? undefined : messageAt(index),
    typeMeta: apiVersion === undefined || of === undefined ? undefined : { apiVersion, kind: of },
  };
}

/** How values of a kind are on the wire: 0 a varint, 1 eight bytes, 2 a length and as many bytes. */
export function wireType(kind: ValueKind): 0 | 1 | 2 {
  if (kind <= valueKinds.int64) return 0;
  return kind === valueKinds.double ? 1 : 2;
}
