import { Refusal } from "./refusal.ts";

/** The parameters of a query by name, in order. */
export type Query = Readonly<Record<string, readonly string[]>>;

/**
 * The parameters of an encoded query, decoded once. What Go's reader drops or cuts at is refused: escapes that are none, semicolons,
 * parameters without a name.
 */
export function readQuery(query: string): Query {
  const parameters = Object.create(null) as Record<string, string[]>;
  if (query === "") return parameters;
  if (!/^(?:[A-Za-z0-9\-._~!$&'()*+,=:@/?]|%[0-9A-Fa-f]{2})*$/.test(query))
    throw wrong("it holds a character that must be encoded, or an escape that is none");
  for (const parameter of query.split("&")) {
    const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(parameter)!;
    const decoded = decode(name);
    if (decoded === "") throw wrong("it holds a parameter without a name");
    (parameters[decoded] ??= []).push(decode(value));
  }
  return parameters;
}

/** Whether a parameter is set, as the API server reads flags: by anything but `false` and `0`. Twice could mean both, and is refused. */
export function isSet(query: Query, name: string): boolean {
  const values = query[name];
  if (values === undefined) return false;
  if (values.length > 1) throw wrong(`${name} is given twice`);
  return !["false", "0"].includes(values[0]!.toLowerCase());
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (cause) {
    throw wrong("it is not UTF-8", cause);
  }
}

function wrong(problem: string, cause?: unknown): Refusal {
  return new Refusal(400, `Invalid query: ${problem}`, { cause });
}
