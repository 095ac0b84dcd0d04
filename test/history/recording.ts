import { readdirSync, readFileSync } from "node:fs";

/** What a real API server said about one collection; a file of JSON lines. */
export interface Recording {
  readonly about: RecordedCollection;
  /** Every event since the collection was empty, as the lines of a watch, in order. */
  readonly events: readonly RecordedEvent[];
  readonly exchanges: readonly Exchange[];
}

export interface RecordedCollection {
  /** Of the server, such as "v1.36.3". */
  readonly server: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespace: string;
  /** Whether the server has a watch cache for it. */
  readonly cached: boolean;
  /** Of the mutator. */
  readonly seed: number;
}

export interface RecordedEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly name: string;
  readonly resourceVersion: string;
  /** The object's JSON as it was. */
  readonly text: string;
}

/** One request and what came of it. */
export interface Exchange {
  /** What it shows. */
  readonly what: string;
  readonly path: string;
  /** The server's newest version of the collection when it was asked, and when it was answered whole. */
  readonly from: string;
  readonly to: string;
  /** The version up to which etcd had forgotten its history; "0" for none. */
  readonly compacted: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | RecordedList | readonly RecordedLine[];
}

/** A list: `items` stand between the texts, each as the event of that version had it. */
export interface RecordedList {
  readonly head: string;
  readonly items: readonly (readonly [name: string, resourceVersion: string])[];
  readonly tail: string;
}

/** A line of a watch: an object of the events, shown with a version perhaps not its own; or the line itself, with the second in which it came. */
export type RecordedLine =
  | readonly [type: string, name: string, resourceVersion: string, shown?: string]
  | { readonly second: number; readonly line: string };

const folder = new URL("recordings/", import.meta.url);

/** All recordings, by name. */
export function readRecordings(): ReadonlyMap<string, Recording> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".jsonl"));
  return new Map(files.toSorted().map((file) => [file.replace(".jsonl", ""), readRecording(file)]));
}

function readRecording(file: string): Recording {
  const [first = "", ...lines] = readFileSync(new URL(file, folder), "utf8").trimEnd().split("\n");
  const events: RecordedEvent[] = [];
  const exchanges: Exchange[] = [];
  for (const line of lines) {
    if (line.startsWith('{"type"')) events.push(recordedEvent(line));
    else exchanges.push(JSON.parse(line) as Exchange);
  }
  return { about: JSON.parse(first) as RecordedCollection, events, exchanges };
}

/** An event out of a watch's line. */
export function recordedEvent(line: string): RecordedEvent {
  const { type, object } = JSON.parse(line) as {
    type: RecordedEvent["type"];
    object: { metadata: { name: string; resourceVersion: string } };
  };
  const { name, resourceVersion } = object.metadata;
  return { type, name, resourceVersion, text: line.slice(line.indexOf('"object":') + '"object":'.length, -1) };
}

/** What the recording calls the collection's folder in paths: `/api/v1/namespaces/shop/configmaps`. */
export function collectionPath({
  group,
  version,
  plural,
  namespace,
}: Pick<RecordedCollection, "group" | "version" | "plural" | "namespace">): string {
  return `/${group === "" ? "api" : `apis/${group}`}/${version}/namespaces/${namespace}/${plural}`;
}

/** The object's JSON as an item of a list: built-in kinds leave out there what the list says of all. */
export function itemText({ text }: Pick<RecordedEvent, "text">, { group, version, kind }: RecordedCollection): string {
  const apiVersion = group === "" ? version : `${group}/${version}`;
  return text.replace(`{"kind":"${kind}","apiVersion":"${apiVersion}",`, "{");
}

/** The object's JSON with another version. */
export function shownAt(text: string, from: string, to: string): string {
  return text.replace(`"resourceVersion":"${from}"`, `"resourceVersion":"${to}"`);
}

/** A recorded body as it was on the wire. */
export function bodyOf({ body }: Exchange, { about, events }: Recording): string {
  if (typeof body === "string") return body;
  const find = (name: string, version: string): RecordedEvent => {
    const event = events.find((one) => one.name === name && one.resourceVersion === version);
    if (event === undefined) throw new Error(`the recording has no ${name} at version ${version}`);
    return event;
  };
  if ("items" in body) {
    return body.head + body.items.map(([name, version]) => itemText(find(name, version), about)).join(",") + body.tail;
  }
  const lines = body.map((line) => {
    if ("line" in line) return line.line;
    const [type, name, version, shown = version] = line;
    return `{"type":"${type}","object":${shownAt(find(name, version).text, version, shown)}}`;
  });
  return lines.map((line) => `${line}\n`).join("");
}
