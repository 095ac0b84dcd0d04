import { headerBytes, headerProblem, InputError } from "@kubewright/core";
import type { ApiRequest, HeaderLists } from "@kubewright/core";

// RFC 9110 5.6.2; the same bounds as Node's own checks, so that none of them is ever met.
const goodName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const badPath = /[^\x21-\x7e]|[?#]/;
const badQuery = /[^\x21-\x7e]|#/;

/** Headers that belong to the connection; whoever sets them would break the framing or the routing of requests. */
const ours = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "upgrade",
  "keep-alive",
  "te",
  "http2-settings",
]);

/** The path with prefix and query, as the request line or `:path` carries it. Throws an InputError when it could mean another one. */
export function targetOf(prefix: string, request: ApiRequest): string {
  const { path, query } = request;
  if (path[0] !== "/" || badPath.test(path))
    throw new InputError("path", "it must begin with / and be percent-encoded, without ? or #");
  if (query === "") return prefix + path;
  if (badQuery.test(query)) throw new InputError("query", "it must be percent-encoded, without #");
  return `${prefix}${path}?${query}`;
}

/**
 * Adds the headers to `lines` as name, value, name, value; several values of one name stay several lines. Throws an InputError
 * for what could end a line early; values never enter the message.
 */
export function addHeaderLines(lines: string[], headers: HeaderLists): void {
  for (const name in headers) {
    if (!goodName.test(name))
      throw new InputError(`headers[${JSON.stringify(name)}]`, "it is not a lower-case header name");
    if (ours.has(name)) throw new InputError(`headers.${name}`, "it is set by the transport and cannot be given");
    for (const value of headers[name] as readonly string[]) {
      const problem = headerProblem(value);
      if (problem !== undefined) throw new InputError(`headers.${name}`, problem);
      lines.push(name, headerBytes(value));
    }
  }
}
