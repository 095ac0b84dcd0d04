import { Fault } from "../outcome/fault.ts";

/** What an extended header of POSIX says about the next entry. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
export interface Extended {
  /** "" for one that is no UTF-8. */
  path?: string;
  link?: string;
  size?: number;
  mtime?: number;
  sparse?: boolean;
}

/** Reads the records `length key=value\n`; the length counts bytes, and a value may hold anything. @throws Fault */
export function readExtended(body: Uint8Array): Extended {
  const extended: Extended = {};
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(0x20, at);
    const digits = space === -1 ? "" : ascii(body.subarray(at, Math.min(space, at + 20)));
    const end = at + Number(digits);
    const equals = space === -1 ? -1 : body.indexOf(0x3d, space);
    if (!/^[1-9]\d*$/.test(digits) || end > body.length || equals === -1 || equals >= end || body[end - 1] !== 0x0a)
      throw new Fault("the archive is broken: an extended header cannot be read");
    take(extended, ascii(body.subarray(space + 1, equals)), body.subarray(equals + 1, end - 1));
    at = end;
  }
  return extended;
}

function take(extended: Extended, key: string, value: Uint8Array): void {
  if (key === "path") extended.path = textOf(value) ?? "";
  else if (key === "linkpath") extended.link = textOf(value) ?? "";
  else if (key === "size") extended.size = numberOf(value, /^\d+$/);
  else if (key === "mtime") extended.mtime = numberOf(value, /^-?\d+(\.\d*)?$/);
  else if (key.startsWith("GNU.sparse.")) extended.sparse = true;
}

function numberOf(value: Uint8Array, form: RegExp): number {
  const digits = ascii(value);
  if (!form.test(digits)) throw new Fault("the archive is broken: an extended header holds a number that is none");
  return Number(digits);
}

/** Undefined for what is no UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 200));
}
