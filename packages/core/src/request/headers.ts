import { InputError } from "../errors/input-error.ts";
import { plainObject } from "../input/plain-object.ts";
import { headerProblem } from "../transport/header-text.ts";
import type { HeaderLists } from "../transport/transport.ts";
import { texts } from "./text.ts";

/** Refuses what would begin another header, end the head, or not arrive as it is. */
export function headerValue(name: string, value: string): string {
  const problem = headerProblem(value);
  if (problem !== undefined) throw new InputError(`header ${name}`, `its value ${problem}`);
  return value;
}

/** The caller's headers as lists by lower-case name, checked. */
export function headerLists(headers: unknown): HeaderLists {
  const lists = Object.create(null) as Record<string, readonly string[]>;
  for (const [name, value] of Object.entries(plainObject(headers, "headers"))) {
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/i.test(name))
      throw new InputError(`header ${JSON.stringify(name)}`, "it is not a header name");
    const values = typeof value === "string" ? [value] : texts(value, `header ${name}`);
    lists[name.toLowerCase()] = values.map((one) => headerValue(name, one));
  }
  return lists;
}
