import { InputError } from "../errors/input-error.ts";
import { anObject, plainObject } from "../input/plain-object.ts";

/** A Secret, as far as its data goes. */
export interface SecretLike {
  /** The values by key, each in base64. */
  readonly data?: Readonly<Record<string, string>> | undefined;
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // In slices: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/** The bytes of standard base64 with padding, line breaks allowed, as Go's encoding/base64 reads it; undefined for other text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const packed = text.replaceAll(/[\r\n]/g, "");
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined;
  return Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
}

/**
 * The `data` of a Secret out of plain values: each in base64, text as UTF-8.
 * @throws InputError naming the key of a value that is neither text nor bytes, or of text that UTF-8 cannot hold.
 */
export function secretData(values: Readonly<Record<string, string | Uint8Array>>): Record<string, string> {
  const encoder = new TextEncoder();
  const entries = Object.entries(plainObject(values, "values")).map(([key, value]): [string, string] => {
    if (value instanceof Uint8Array) return [key, toBase64(value)];
    if (typeof value !== "string") throw new InputError(`data.${key}`, "it must be text or a Uint8Array");
    if (/\p{Surrogate}/u.test(value))
      throw new InputError(`data.${key}`, "it holds half a surrogate pair, which UTF-8 cannot hold; pass bytes");
    return [key, toBase64(encoder.encode(value))];
  });
  // fromEntries makes every key an own property, `__proto__` too.
  return Object.fromEntries(entries);
}

/**
 * The bytes of one key of a Secret, or undefined if the Secret has no such key.
 * @throws InputError if the value is not base64; values are never quoted.
 */
export function secretBytes(secret: SecretLike, key: string): Uint8Array<ArrayBuffer> | undefined {
  const { data } = anObject(secret, "secret");
  if (!data || !Object.hasOwn(data, key)) return undefined;
  const bytes = fromBase64(String(data[key]));
  if (bytes === undefined)
    throw new InputError(
      `data.${key}`,
      "it is not base64; encode plain values with secretData, or send them as stringData",
    );
  return bytes;
}

/**
 * The text of one key of a Secret, or undefined if the Secret has no such key.
 * @throws InputError if the value is not base64, or its bytes are not UTF-8; values are never quoted.
 */
export function secretText(secret: SecretLike, key: string): string | undefined {
  const bytes = secretBytes(secret, key);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new InputError(`data.${key}`, "it holds bytes that are not text; read them with secretBytes", { cause });
  }
}
