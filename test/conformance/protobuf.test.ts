import { gzipSync } from "node:zlib";
import { createCluster, type KubernetesObject, type Transport } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport } from "@kubewright/node/transport";
import { decode, protobuf } from "@kubewright/protobuf";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventBytes, itemBytes, readRecordings } from "../history/recording.ts";
import { type CertifiedKey, createAuthority, type TestAuthority } from "../support/certificates.ts";
import { type HandlerServer, type Protocol, type Reply, startHandlerServer } from "../support/handler-server.ts";
import { canonical } from "../support/json-arbitrary.ts";
import { envelope, joined, message } from "../support/protobuf-wire.ts";

// What a real API server wrote, in pieces as a network may make them.
const recording = readRecordings().get("config-maps")!;
const { about } = recording;
const events = recording.events.slice(0, 40);
const listBytes = envelope({
  apiVersion: "v1",
  kind: "ConfigMapList",
  raw: joined([message([1, message([1, ""], [2, "1"], [3, ""])]), itemBytes(events, about, true)]),
});
const watchBytes = joined(events.map((event) => eventBytes(event.type, event, about, true)));
const expected = events.map(({ text }) => canonical(text));
const told = (objects: readonly unknown[]): readonly string[] =>
  objects.map((object) => canonical(JSON.stringify(object)));

const type = "application/vnd.kubernetes.protobuf";

interface Target {
  readonly server: string;
  readonly ca: string | undefined;
}

const targets: readonly (readonly [string, Protocol, (target: Target) => Transport])[] = [
  ["web transport", "http", ({ server }) => createWebTransport({ server })],
  ["Node transport over HTTP/1.1", "http", ({ server }) => createNodeTransport({ server })],
  ["Node transport over HTTP/1.1 with TLS", "https", ({ server, ca }) => createNodeTransport({ server, ca })],
  ["Node transport over HTTP/2", "h2", ({ server, ca }) => createNodeTransport({ server, ca })],
];

let authority: TestAuthority;
let certificate: CertifiedKey;
beforeAll(() => {
  authority = createAuthority();
  certificate = authority.issue();
});
afterAll(() => authority.remove());

/** Sends the bytes in pieces of these lengths, in turn, each by itself. */
async function sendSliced(bytes: Uint8Array, lengths: readonly number[], reply: Reply): Promise<void> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    reply.write(bytes.subarray(at, at + length));
    at += length;
    await new Promise(setImmediate);
  }
  reply.end();
}

const slices = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 40, max: 4000 })), {
  minLength: 1,
  maxLength: 20,
});

describe.each(targets)("%s", (_, protocol, create) => {
  let server: HandlerServer;
  let lengths: readonly number[] = [];
  let gzip = false;

  beforeAll(async () => {
    server = await startHandlerServer(
      protocol,
      async (request, reply) => {
        if (request.method === "POST") {
          reply.head(201, { "content-type": "application/json" });
          reply.end(JSON.stringify(decode(request.body)));
          return;
        }
        const watching = new URLSearchParams(request.query).has("watch");
        const headers = gzip && !watching ? { "content-encoding": "gzip" } : {};
        reply.head(200, { "content-type": watching ? `${type};stream=watch` : type, ...headers });
        await sendSliced(watching ? watchBytes : gzip ? gzipSync(listBytes) : listBytes, lengths, reply);
      },
      protocol === "http" ? undefined : certificate,
    );
  });
  afterAll(() => server.close());

  function connect() {
    const cluster = createCluster({
      transport: create({ server: server.origin, ca: protocol === "http" ? undefined : authority.ca }),
      protobuf: () => protobuf,
      encoding: { read: "protobuf", write: "protobuf" },
    });
    const resource = cluster.resource<KubernetesObject>({
      group: "",
      version: "v1",
      plural: "configmaps",
      kind: "ConfigMap",
      namespaced: true,
    });
    return { resource: resource.in("default"), close: () => cluster.close() };
  }

  test.each([false, true])("a list comes whole, however it is cut; gzip: %s", async (zipped) => {
    gzip = zipped;
    const { resource, close } = connect();
    await fc.assert(
      fc.asyncProperty(slices, async (some) => {
        lengths = some;
        const { items } = await resource.list();
        expect(told(items)).toEqual(expected);
      }),
      { numRuns: 12, examples: [[[1 << 20]], [[7]]] },
    );
    await close();
  });

  test("a watch says each event, however it is cut", async () => {
    const { resource, close } = connect();
    await fc.assert(
      fc.asyncProperty(slices, async (some) => {
        lengths = some;
        const seen: unknown[] = [];
        for await (const { object } of resource.watch()) seen.push(object);
        expect(told(seen)).toEqual(expected);
      }),
      { numRuns: 12, examples: [[[1 << 20]], [[7]]] },
    );
    await close();
  });

  test("a body arrives byte for byte", async () => {
    const { resource, close } = connect();
    const object = {
      metadata: { name: "a", namespace: "default" },
      data: { all: "\u0000\u0080\ufeffé€😀" },
      binaryData: { b: "AP+A/w==" },
    };
    await resource.create(object);
    const { body, headers } = server.requests.at(-1)!;
    expect(headers["content-type"]).toBe(type);
    expect(decode(body)).toEqual({ kind: "ConfigMap", apiVersion: "v1", ...object });
    await close();
  });
});
