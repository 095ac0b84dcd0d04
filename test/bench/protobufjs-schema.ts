import { readFileSync } from "node:fs";
import { inRoot } from "../../tools/lib/root.ts";

type Type =
  | { readonly scalar: string }
  | { readonly message: string }
  | { readonly optional: Type }
  | { readonly list: Type }
  | { readonly map: { readonly key: Type; readonly value: Type } };

interface Message {
  readonly fields: readonly { readonly name: string; readonly number: number; readonly type: Type }[];
}

const scalars: Readonly<Record<string, string>> = { float64: "double" };

/** What protobufjs reads as a root: the message and all that it refers to, out of `openapi/protobuf.json`. Its name there is {@link nameOf} it. */
export function protobufjsSchema(first: string): object {
  const { messages } = JSON.parse(readFileSync(inRoot("openapi", "protobuf.json"), "utf8")) as {
    messages: Readonly<Record<string, Message>>;
  };
  const nested: Record<string, object> = {};
  const write = (message: string): string => {
    const name = nameOf(message);
    if (name in nested) return name;
    const fields: Record<string, object> = {};
    nested[name] = { fields };
    for (const { name: field, number, type } of messages[message]!.fields)
      fields[field] = { id: number, ...asField(type) };
    return name;
  };
  const asField = (type: Type): { readonly type: string; readonly rule?: string; readonly keyType?: string } => {
    if ("scalar" in type) return { type: scalars[type.scalar] ?? type.scalar };
    if ("message" in type) return { type: write(type.message) };
    if ("optional" in type) return asField(type.optional);
    if ("list" in type) return { ...asField(type.list), rule: "repeated" };
    return { ...asField(type.map.value), keyType: asField(type.map.key).type };
  };
  return { root: write(first), nested };
}

/** A name that protobufjs takes. */
function nameOf(message: string): string {
  return message.replaceAll(/\W/g, "_");
}
