import type { HeaderLists } from "../../transport/transport.ts";
import type { Representation } from "../codec.ts";
import type { Content } from "../content.ts";
import { encodeJson } from "./encode-json.ts";
import { json, jsonRange } from "./json.ts";

/** The Accept header for an object as JSON, or for representations of it in the order of preference; undefined is itself. */
export function acceptJson(...as: readonly (Representation | undefined)[]): HeaderLists {
  if (as.length <= 1 && as[0] === undefined) return acceptObject;
  return { accept: [as.map(jsonRange).join(",")] };
}

// Nearly every request has it.
const acceptObject: HeaderLists = { accept: [jsonRange(undefined)] };

/** A value as the body of a write, as JSON. @throws InputError that names the place below `field` of what cannot be written */
export function jsonContent(value: unknown, field: string): Content {
  return { body: encodeJson(value, field), contentType: json.mediaType };
}
