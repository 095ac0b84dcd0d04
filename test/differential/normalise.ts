import type { Answer } from "./exchange.ts";

/**
 * What two servers cannot have in common is replaced by its place: the first uid is `uid 1` on both. One for each sequence and server.
 * Left out whole: managedFields, which come with server-side apply.
 */
export function createNormaliser(): (answer: Answer) => unknown {
  const seen = new Map<string, string>();
  const counts = new Map<string, number>();
  const placed = (kind: string, text: string): string => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    seen.set(text, `${kind} ${count}`);
    return `${kind} ${count}`;
  };
  const text = (value: string): string =>
    value
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (uid) => placed("uid", uid))
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, "a time");
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      if (key === "resourceVersion" && /^\d+$/.test(value) && value !== "0") return placed("version", value);
      if (key === "continue" && value !== "") return "a token";
      return text(value);
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([name]) => name !== "managedFields");
    return Object.fromEntries(
      entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, walk(one, name)]),
    );
  };
  return ({ status, headers, body }) => ({
    status,
    type: headers["content-type"],
    ...(headers["retry-after"] === undefined ? {} : { retryAfter: headers["retry-after"] }),
    ...(headers["warning"] === undefined ? {} : { warning: headers["warning"] }),
    body: walk(body, ""),
  });
}
