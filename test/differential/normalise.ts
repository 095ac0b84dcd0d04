import type { Answer, WatchEvent } from "./exchange.ts";

/** Makes what two servers say comparable. */
export interface Normaliser {
  answer(answer: Answer): unknown;
  event(event: WatchEvent | undefined): unknown;
}

/** The headers that say something. */
const comparedHeaders = ["content-type", "retry-after", "warning", "location", "allow", "cache-control", "etag"];

/** What says where and by what a server was built, and where it listens. */
const ofTheMachine = new Set(["gitCommit", "goVersion", "compiler", "platform", "serverAddress"]);

/**
 * What two servers cannot have in common is replaced by its place: the first uid is `uid 1` on both. One for each sequence and server.
 * Left out whole: managedFields, which come with server-side apply.
 */
export function createNormaliser(namespace: string): Normaliser {
  const seen = new Map<string, string>();
  const counts = new Map<string, number>();
  const placed = (kind: string, text: string): string => {
    const known = seen.get(`${kind} ${text}`);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    seen.set(`${kind} ${text}`, `${kind} ${count}`);
    return `${kind} ${count}`;
  };
  const text = (value: string): string =>
    value
      .replaceAll(namespace, "NAMESPACE")
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (uid) => placed("uid", uid))
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, "a time");
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      if (key === "resourceVersion" && /^\d+$/.test(value) && value !== "0") return placed("version", value);
      if (ofTheMachine.has(key)) return "the machine's";
      if (key === "continue" && value !== "") return "a token";
      return text(value);
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([name]) => name !== "managedFields");
    return Object.fromEntries(
      entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [text(name), walk(one, name)]),
    );
  };
  /** A tag stands for all that a server serves, which may be more on one that lives on. */
  const header = (name: string, value: string): string => (name === "etag" ? placed("tag", value) : text(value));
  return {
    answer: ({ status, headers, body }) => ({
      status,
      ...Object.fromEntries(
        comparedHeaders.flatMap((name) => (name in headers ? [[name, header(name, headers[name]!)]] : [])),
      ),
      body: walk(body, ""),
    }),
    event: (event) => (event === undefined ? "nothing" : walk(event, "")),
  };
}
