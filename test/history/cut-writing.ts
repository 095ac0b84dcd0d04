import type { KubernetesObject } from "@kubewright/core";
import { envelope, frame, type GivenField, message } from "../support/protobuf-wire.ts";
import type { Encoding } from "./recording.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A ConfigMap: small, and all of it easy to compare. */
export interface Thing extends KubernetesObject {
  data?: { text?: string };
}

export const thingResource = {
  group: "",
  version: "v1",
  plural: "configmaps",
  kind: "ConfigMap",
  namespaced: false,
} as const;

/** What one subscriber is told, or what it should be told. */
export interface Told {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly name: string;
  readonly uid: string;
  readonly version: string;
  readonly text: string;
}

/** How a server writes all this in one encoding, and no more than it must. */
export interface Writing {
  readonly listType: string;
  readonly watchType: string;
  event(told: Told, random: SeededRandom): Uint8Array;
  /** The event that ends the initial state of a watch which began with the collection. */
  endMark(version: string): Uint8Array;
  list(version: string, items: readonly Told[], random: SeededRandom): Uint8Array;
  /** What is handed out of an event: the whole object but its managedFields. */
  object(told: Told): Thing;
}

const typeMeta = { kind: "ConfigMap", apiVersion: "v1" } as const;

const json: Writing = {
  listType: "application/json",
  watchType: "application/json",
  event: (told, random) => Buffer.from(`{"type":"${told.type}","object":${jsonOf(told, random)}}\n`),
  endMark(resourceVersion) {
    const metadata = { resourceVersion, annotations: { "k8s.io/initial-events-end": "true" } };
    return Buffer.from(`${JSON.stringify({ type: "BOOKMARK", object: { ...typeMeta, metadata } })}\n`);
  },
  list(version, items, random) {
    const texts = items.map((told) => jsonOf(told, random)).join(",");
    const head = `{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"${version}"}`;
    return Buffer.from(`${head},"items":[${texts}]}\n`);
  },
  object: ({ name, uid, version, text }) => ({ metadata: { name, uid, resourceVersion: version }, data: { text } }),
};

function jsonOf({ name, uid, version, text }: Told, random: SeededRandom): string {
  // A server sends characters as they are, but may escape any.
  const shown = random.chance(0.5) ? JSON.stringify(text) : JSON.stringify(text).replace(/[^ -~]/g, escaped);
  const managed = random.chance(0.3) ? `,"managedFields":[{"manager":"]}\\"€"}]` : "";
  const metadata = `{"name":${JSON.stringify(name)},"uid":"${uid}","resourceVersion":"${version}"${managed}}`;
  return `{"metadata":${metadata},"data":{"text":${shown}}}`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const type = "application/vnd.kubernetes.protobuf";

const protobuf: Writing = {
  listType: type,
  watchType: `${type};stream=watch`,
  event: (told, random) => frame(told.type, envelope({ ...typeMeta, raw: rawOf(told, random) })),
  endMark(version) {
    const annotation = message([1, "k8s.io/initial-events-end"], [2, "true"]);
    const raw = message([1, message([6, version], [12, annotation])]);
    return frame("BOOKMARK", envelope({ ...typeMeta, raw }));
  },
  list(version, items, random) {
    const each = items.map((told): GivenField => [2, rawOf(told, random)]);
    const raw = message([1, message([1, ""], [2, version], [3, ""])], ...each);
    return envelope({ apiVersion: "v1", kind: "ConfigMapList", raw });
  },
  object: (told) => ({ ...typeMeta, ...json.object(told) }),
};

function rawOf({ name, uid, version, text }: Told, random: SeededRandom): Uint8Array {
  // Go writes empty fields too; others need not.
  const [empty, zeros] = random.chance(0.3) ? [emptyNames, emptyTimes] : [[], []];
  const managed: readonly GivenField[] = random.chance(0.3) ? [[17, message([1, ']}"€'], [6, "FieldsV1"])]] : [];
  const metadata = message([1, name], ...empty, [5, uid], [6, version], ...zeros, ...managed);
  const entry = text === "" && random.chance(0.5) ? message([1, "text"]) : message([1, "text"], [2, text]);
  return message([1, metadata], [2, entry]);
}

const emptyNames: readonly GivenField[] = [2, 3, 4].map((number) => [number, ""]);
const emptyTimes: readonly GivenField[] = [
  [7, 0],
  [8, ""],
];

export const writings: Readonly<Record<Encoding, Writing>> = { json, protobuf };
