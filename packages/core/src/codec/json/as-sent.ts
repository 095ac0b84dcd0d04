import { encodeJson } from "./encode-json.ts";
import { parseJson } from "./parse-json.ts";
import { plainObject } from "../../input/plain-object.ts";

/**
 * The object as JSON says it now. Discovery is asked before it is sent, and what its owner changes meanwhile was not meant.
 *
 * @throws InputError for what is not an object, or holds what JSON cannot; `field` names the object in it
 */
export function asSent<T extends object>(object: T, field: string): T {
  plainObject(object, field);
  return parseJson(encodeJson(object, field)) as T;
}
