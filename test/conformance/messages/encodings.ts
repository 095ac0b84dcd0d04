import { type Codec, createCluster, type EncodingOptions } from "@kubewright/core";
import { CoreV1 } from "kubewright/core/v1";
import { fakeBytes, fakeCodec, fakeFrame, protobufType } from "../../support/fake-protobuf.ts";
import { type Answer, recordingTransport } from "../../support/recording-transport.ts";
import type { Case } from "./case.ts";

const protobuf = { "content-type": protobufType };
const newer = { kind: "Pod", metadata: { name: "b", resourceVersion: "3" }, newField: 1 };

function pods(answer: Answer, encoding: EncodingOptions, load: () => Codec | Promise<Codec> = () => fakeCodec) {
  const transport = recordingTransport(() => answer);
  const cluster = createCluster({ transport, encoding, protobuf: load, namespace: "home", onWarning: () => {} });
  return cluster.api(CoreV1).pods.in();
}

const list: Answer = { headers: protobuf, body: fakeBytes({ metadata: {}, items: [newer] }) };
const missing = (): Promise<Codec> => Promise.reject(new Error("Cannot find package"));

async function watched(): Promise<void> {
  const events = [{ kind: "Pod", metadata: { name: "a", resourceVersion: "7" } }, newer].map((object) =>
    fakeFrame({ type: "ADDED", object }),
  );
  for await (const _ of pods({ headers: protobuf, body: Uint8Array.of(...events[0]!, ...events[1]!) }, {}).watch());
}

/** What goes wrong between two encodings. */
export const encodingCases: readonly Case[] = [
  ["a codec that cannot be loaded", () => pods(list, {}, missing).list()],
  ["a codec that cannot be loaded to write", () => pods(list, { write: "protobuf" }, missing).create({})],
  ["a loader that gives no codec", () => pods(list, {}, () => ({ protobuf: fakeCodec }) as never).list()],
  [
    "an encoding that needs a codec",
    () => createCluster({ transport: recordingTransport(), encoding: { read: "protobuf" } }),
  ],
  ["an encoding that nobody has", () => pods(list, { read: "yaml" as "json" })],
  ["protobuf where JSON was asked for, newer than the schema", () => pods(list, { read: "json" }).list()],
  ["a body that is not protobuf, whatever it says", () => pods({ headers: protobuf, body: "{}" }, {}).list()],
  [
    "a page where either encoding was asked for",
    () => pods({ headers: { "content-type": "text/html" }, body: "" }, {}).list(),
  ],
  ["a watch in which the schema proves too old before all objects came", watched],
  [
    "field validation beside protobuf",
    () => pods(list, { write: "protobuf" }).create({ metadata: { name: "a" } }, { fieldValidation: "Strict" }),
  ],
];
