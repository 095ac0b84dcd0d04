import { InputError, nearest } from "@kubewright/core";
import { encodeObject } from "../encode/encode-object.ts";
import { NotInSchema } from "../encode/not-in-schema.ts";
import { kubernetes } from "./kubernetes.ts";

interface Identity {
  /** Group and version, such as `apps/v1`. */
  readonly apiVersion: string;
  /** The kind, such as `Deployment`. */
  readonly kind: string;
}

/** An object that says what it is. */
export type Encodable = Identity | (Identity & Readonly<Record<string, unknown>>);

/**
 * An object of a kind that Kubernetes itself has, in protobuf: the body of a request or an answer of the type
 * `application/vnd.kubernetes.protobuf`. Lists, Status and the kinds of API machinery are such objects too; custom resources are not,
 * nor is Table. Go reads from it what it reads from the object's JSON: null is nothing, times lose what a field does not keep.
 *
 * @param object as JSON has it: plain data, and what JSON.stringify makes plain, such as a Date. Of items of a list, apiVersion and
 * kind may be missing.
 * @throws InputError that names the place of what the field of a kind cannot hold, or of a kind or field that is not known
 */
export function encode(object: Encodable): Uint8Array {
  return encodeAs(object, "object");
}

/** The same; `field` is what errors call the object. */
export function encodeAs(object: unknown, field: string): Uint8Array {
  try {
    return encodeObject(object, field, kubernetes);
  } catch (error) {
    throw error instanceof NotInSchema ? new InputError(field + error.at, problemOf(error)) : error;
  }
}

function problemOf({ at, known, message }: NotInSchema): string {
  if (known.length === 0)
    return `${message}; only kinds of Kubernetes itself have a form in protobuf, others are written as JSON`;
  const close = nearest(at.slice(at.lastIndexOf(".") + 1), known);
  return `${message}; ${close === undefined ? "leave it out, or write JSON" : `did you mean ${close}?`}`;
}
