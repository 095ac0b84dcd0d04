import { readdirSync, readFileSync } from "node:fs";
import { envelope, frame, joined, message, withText } from "../support/protobuf-wire.ts";

/** What a request accepts: JSON only, or protobuf before it. */
export type Encoding = "json" | "protobuf";

export const encodings: readonly Encoding[] = ["json", "protobuf"];

/** The Accept header of each. */
export const accepts: Readonly<Record<Encoding, string>> = {
  json: "application/json",
  protobuf: "application/vnd.kubernetes.protobuf,application/json",
};

/** The one in which a seed is played: every other is in protobuf. */
export function encodingOf(seed: number): Encoding {
  return seed % 2 === 0 ? "protobuf" : "json";
}

/** What a real API server said about one collection; a file of JSON lines. */
export interface Recording {
  readonly about: RecordedCollection;
  /** Every event since the collection was empty, as watches told it, in order. */
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

/** An object as the server wrote it. */
export interface Written {
  /** In JSON. */
  readonly text: string;
  /** In protobuf, without its envelope; undefined for a custom resource, which has none. */
  readonly raw: Uint8Array | undefined;
}

export interface RecordedEvent extends Written {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly name: string;
  readonly resourceVersion: string;
}

/** One request and what came of it. */
export interface Exchange {
  /** What it shows. */
  readonly what: string;
  readonly accepts: Encoding;
  readonly path: string;
  /** The server's newest version of the collection when it was asked, and when it was answered whole. */
  readonly from: string;
  readonly to: string;
  /** The version up to which etcd had forgotten its history; "0" for none. */
  readonly compacted: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Texts are base64 where the content type is protobuf. */
  readonly body: string | RecordedList | readonly RecordedLine[];
}

/** A list: `items` stand between the texts, each as the event of that version had it. */
export interface RecordedList {
  readonly head: string;
  readonly items: readonly (readonly [name: string, resourceVersion: string])[];
  readonly tail: string;
}

/** A part of a watch: an object of the events, shown with a version perhaps not its own; or the part itself, with the second in which it came. */
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
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('{"type"')) events.push(recordedEvent(line, rawOf(lines[i + 1])));
    else if (!line.startsWith('"')) exchanges.push(JSON.parse(line) as Exchange);
  }
  return { about: JSON.parse(first) as RecordedCollection, events, exchanges };
}

/** The line that follows an event's: what is the same in protobuf. */
function rawOf(line: string | undefined): Uint8Array | undefined {
  return line?.startsWith('"') ? Buffer.from(JSON.parse(line) as string, "base64") : undefined;
}

/** An event out of a watch's line, and the same object in protobuf. */
export function recordedEvent(line: string, raw: Uint8Array | undefined): RecordedEvent {
  const { type, object } = JSON.parse(line) as {
    type: RecordedEvent["type"];
    object: { metadata: { name: string; resourceVersion: string } };
  };
  const { name, resourceVersion } = object.metadata;
  return { type, name, resourceVersion, text: line.slice(line.indexOf('"object":') + '"object":'.length, -1), raw };
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

type Kind = Pick<RecordedCollection, "group" | "version" | "kind">;

export function apiVersionOf({ group, version }: Kind): string {
  return group === "" ? version : `${group}/${version}`;
}

/** Whether answers whose content type is this are protobuf. */
export function isProtobuf(type: string | undefined): boolean {
  return type?.startsWith("application/vnd.kubernetes.protobuf") ?? false;
}

/** Objects as the items of a list: built-in kinds leave out there what the list says of all. */
export function itemBytes(items: readonly Written[], kind: Kind, protobuf: boolean): Uint8Array {
  if (protobuf) return joined(items.map(({ raw }) => message([2, raw ?? ""])));
  const repeated = `{"kind":"${kind.kind}","apiVersion":"${apiVersionOf(kind)}",`;
  return Buffer.from(items.map(({ text }) => text.replace(repeated, "{")).join(","));
}

/** An object as an event of a watch. */
export function eventBytes(type: string, { text, raw }: Written, kind: Kind, protobuf: boolean): Uint8Array {
  if (!protobuf) return Buffer.from(`{"type":"${type}","object":${text}}\n`);
  return frame(type, envelope({ apiVersion: apiVersionOf(kind), kind: kind.kind, raw: raw ?? new Uint8Array() }));
}

/** The object with another version. */
export function shownAt({ text, raw }: Written, from: string, to: string): Written {
  return {
    text: text.replace(`"resourceVersion":"${from}"`, `"resourceVersion":"${to}"`),
    raw: raw === undefined ? undefined : withText(raw, [1, 6], to),
  };
}

/** A recorded body as it was on the wire, in the parts in which a watch's came. */
export function partsOf({ body, headers }: Exchange, { about, events }: Recording): readonly Uint8Array[] {
  const protobuf = isProtobuf(headers["content-type"]);
  const bytes = (text: string): Uint8Array => Buffer.from(text, protobuf ? "base64" : "utf8");
  const find = ([name, version]: readonly [string, string]): RecordedEvent => {
    const event = events.find((one) => one.name === name && one.resourceVersion === version);
    if (event === undefined) throw new Error(`the recording has no ${name} at version ${version}`);
    return event;
  };
  if (typeof body === "string") return [bytes(body)];
  if ("items" in body) {
    const items = body.items.map((item) => find(item));
    return [joined([bytes(body.head), itemBytes(items, about, protobuf), bytes(body.tail)])];
  }
  return body.map((line) => {
    if ("line" in line) return bytes(line.line);
    const [type, name, version, shown = version] = line;
    return eventBytes(type, shownAt(find([name, version]), version, shown), about, protobuf);
  });
}
