import { Refusal } from "./refusal.ts";

/**
 * The segments of an encoded path, decoded once. What another reader could take for another path is refused, whatever it means: empty
 * segments, `.` and `..`, slashes, percent signs, semicolons and control characters that were encoded, bytes that are no UTF-8.
 */
export function readPath(path: string): readonly string[] {
  const [first, ...segments] = path.split("/");
  if (first !== "" || segments.length === 0) throw wrong('it must begin with "/"');
  return segments.map(readSegment);
}

/** The same path for everybody: each segment encoded anew. */
export function writePath(segments: readonly string[]): string {
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join("");
}

function readSegment(segment: string): string {
  if (segment === "") throw wrong("it holds an empty segment");
  // What stands in a path as it is (RFC 3986, pchar).
  if (!/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*$/.test(segment))
    throw wrong("it holds a character that must be encoded, or an escape that is none");
  const decoded = decode(segment);
  if (decoded === "." || decoded === "..") throw wrong('it holds "." or ".."');
  if (/[/\\%;]|\p{C}/u.test(decoded)) throw wrong("it holds a character that no name has");
  return decoded;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw wrong("it is not UTF-8", cause);
  }
}

function wrong(problem: string, cause?: unknown): Refusal {
  return new Refusal(400, `Invalid path: ${problem}`, { cause });
}
