import type { Answer, WatchEvent } from "./exchange.ts";

/** Makes what two servers say comparable. */
export interface Normaliser {
  /** `sent` is the body of its request. */
  answer(answer: Answer, sent?: unknown): unknown;
  event(event: WatchEvent | undefined): unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** The headers that say something. */
const comparedHeaders = ["content-type", "retry-after", "warning", "location", "allow", "cache-control", "etag"];

/** What says where and by what a server was built, and where it listens. */
const ofTheMachine = new Set(["gitCommit", "goVersion", "compiler", "platform", "serverAddress"]);

/** Texts that a server makes up, wherever they stand, by what they are. */
const madeUp: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["uid", /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g],
  // The volume that a pod gets for its account.
  ["kube-api-access", /\bkube-api-access-[a-z0-9]{5}\b/g],
  // Addresses of services, of which each server has given out others.
  ["address", /\b10\.0\.\d{1,3}\.\d{1,3}\b/g],
  // Ports of the nodes, likewise.
  ["port", /(?<=Invalid value: )3[0-2]\d{3}(?=: provided port is already allocated)/g],
  // Of a service account.
  ["token", /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g],
  // Of an OpenAPI document: the order of keys is in it.
  ["hash", /(?<=hash=)[0-9A-F]{128}/g],
];

/** What is otherwise at another moment. */
const ofTheMoment: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, "a time"],
  [/(?<=Too large resource version: \d+, current: )\d+/g, "a version"],
];

/** managedFields within a text that shows an object, such as what a patch came to. */
const shownManagedFields = /,?\\"managedFields\\":\[\{.*?\}\]/g;
const shownVersion =
  /(?<=\\"resourceVersion\\":\\"|ResourceVersion in record \(|ResourceVersion in object meta: )[1-9]\d*/g;

/** Ports that a server gives out, likewise. */
const givenPorts: readonly string[] = ["nodePort", "healthCheckNodePort"];

/**
 * What two servers cannot have in common is replaced by its place: the first uid is `uid 1` on both. One for each sequence and server.
 * So it is with versions, and with names made from a generateName. Left out whole: managedFields, which come with server-side apply.
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
  const names = new Map([[namespace, "NAMESPACE"]]);
  const text = (value: string): string => {
    let replaced = value
      .replaceAll(shownManagedFields, "")
      .replaceAll(shownVersion, (version) => placed("version", version));
    for (const [name, place] of names) replaced = replaced.replaceAll(name, place);
    for (const [kind, pattern] of madeUp) replaced = replaced.replaceAll(pattern, (found) => placed(kind, found));
    for (const [pattern, words] of ofTheMoment) replaced = replaced.replaceAll(pattern, words);
    return replaced;
  };
  const noteGeneratedName = ({ generateName, name }: Json): void => {
    if (typeof generateName !== "string" || generateName === "" || typeof name !== "string") return;
    if (name.startsWith(generateName) && !names.has(name)) names.set(name, placed(generateName, name));
  };
  /** A refusal names what was not made. */
  const noteRefusedName = (answer: unknown, sent: unknown): void => {
    const { generateName } = (isJson(sent) && isJson(sent["metadata"]) ? sent["metadata"] : {}) as Json;
    if (typeof generateName !== "string" || generateName === "" || !isJson(answer)) return;
    const { name } = (answer["details"] ?? {}) as Json;
    noteGeneratedName({ generateName, name });
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      if (key === "resourceVersion" && isVersion(value)) return placed("version", value);
      if (key === "cells" && /^\d+[sm]$/.test(value)) return "an age";
      if (ofTheMachine.has(key)) return "the machine's";
      if (key === "continue" && value !== "") return "a token";
      return text(value);
    }
    if (typeof value === "number" && value >= 30_000 && givenPorts.includes(key)) return placed("port", `${value}`);
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (!isJson(value)) return value;
    noteGeneratedName(value);
    const entries = Object.entries(value).filter(([name]) => name !== "managedFields");
    return Object.fromEntries(
      entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [text(name), walk(one, name)]),
    );
  };
  /** A tag stands for all that a server serves, which may be more on one that lives on. */
  const header = (name: string, value: string): string => (name === "etag" ? placed("tag", value) : text(value));
  return {
    answer: ({ status, headers, body }, sent) => {
      noteRefusedName(body, sent);
      return {
        status,
        ...Object.fromEntries(
          comparedHeaders.flatMap((name) => (name in headers ? [[name, header(name, headers[name]!)]] : [])),
        ),
        body: walk(apartFromOthers(body), ""),
      };
    },
    event: (event) => (event === undefined ? "nothing" : walk(apartFromOthers(event), "")),
  };
}

/** The version of a list or a bookmark is also that of what others write meanwhile. */
function apartFromOthers(body: unknown): unknown {
  if (!isJson(body)) return body;
  if (body["type"] === "BOOKMARK") return { ...body, object: bookmarkAtSomeVersion(body["object"]) };
  return Array.isArray(body["items"] ?? body["rows"]) ? atSomeVersion(body) : body;
}

/** In a Table it is the object of a row. */
function bookmarkAtSomeVersion(bookmark: unknown): unknown {
  if (!isJson(bookmark) || !Array.isArray(bookmark["rows"])) return atSomeVersion(bookmark);
  const rows = bookmark["rows"].map((row: Json) => ({ ...row, object: atSomeVersion(row["object"]) }));
  return atSomeVersion({ ...bookmark, rows });
}

function atSomeVersion(list: unknown): unknown {
  if (!isJson(list) || !isJson(list["metadata"]) || !isVersion(list["metadata"]["resourceVersion"])) return list;
  return { ...list, metadata: { ...list["metadata"], resourceVersion: "a version" } };
}

function isVersion(value: unknown): value is string {
  return typeof value === "string" && /^[1-9]\d*$/.test(value);
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
