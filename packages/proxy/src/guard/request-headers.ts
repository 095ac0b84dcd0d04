import { Refusal } from "../request/refusal.ts";

/** The headers of a request by lower-case name. */
export type RequestHeaders = ReadonlyMap<string, string>;

/** What proxies in between may add a second time. */
const listed: readonly string[] = ["via", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

/**
 * Each header of a request once, from what came on the wire: Node drops the second Host or Origin without a word, and another reader
 * may take that. @throws Refusal for a header that is given twice
 */
export function readHeaders(raw: readonly string[]): RequestHeaders {
  const headers = new Map<string, string>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    if (headers.has(name) && !listed.includes(name)) throw new Refusal(400, `the header ${name} is given twice`);
    headers.set(name, raw[at + 1]!);
  }
  return headers;
}
