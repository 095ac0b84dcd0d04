import { InputError } from "../errors/input-error.ts";
import type { HeaderLists } from "../transport/transport.ts";

/** Refuses what would begin another header or end the head, and what has no one meaning in a header: non-ASCII (RFC 9110 section 5.5). */
export function headerValue(name: string, value: string): string {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === 0x09 || (code >= 0x20 && code <= 0x7e)) continue;
    throw new InputError(`header ${name}`, "its value holds characters that no header may hold");
  }
  if (value !== value.trim()) {
    throw new InputError(`header ${name}`, "its value begins or ends with a space, which would be lost on the way");
  }
  return value;
}

/** The caller's headers as lists by lower-case name, checked. */
export function headerLists(headers: Readonly<Record<string, string | readonly string[]>>): HeaderLists {
  const lists = Object.create(null) as Record<string, readonly string[]>;
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/i.test(name))
      throw new InputError(`header ${JSON.stringify(name)}`, "this is no header name");
    lists[name.toLowerCase()] = (typeof value === "string" ? [value] : value).map((one) => headerValue(name, one));
  }
  return lists;
}
