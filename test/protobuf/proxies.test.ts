import { Agent, request as forward } from "node:https";
import { readFileSync } from "node:fs";
import {
  createCluster,
  DecodeError,
  type EncodingOptions,
  isKubeError,
  isStatusError,
  type Transport,
} from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport } from "@kubewright/node/transport";
import { encode, protobuf } from "@kubewright/protobuf";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { adminCluster, ownNamespace } from "../e2e/support.ts";
import { rejection } from "../support/api-request.ts";
import {
  type Handler,
  type HandlerServer,
  type ReceivedRequest,
  startHandlerServer,
} from "../support/handler-server.ts";
import { told } from "./both.ts";

// Proxies that do something of their own stand before a real API server, for both transports.
const held = adminCluster({ encoding: { read: "json" } });
const own = ownNamespace(held);
let agent: Agent;
let proxy: HandlerServer;
let behave: Handler;

beforeAll(async () => {
  agent = new Agent({ ca: readFileSync(inject("controlPlane").caFile), keepAlive: true });
  proxy = await startHandlerServer("http", (request, reply) => behave(request, reply));
  await maps().create({ metadata: { name: "a", labels: { of: "proxies" } }, data: { text: "é😀" } });
});
afterAll(async () => {
  await proxy?.close();
  agent.destroy();
});

const maps = () => held.cluster.api(CoreV1).configMaps.in(own.namespace);

interface Passed {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** Sends a request on to the API server, as the admin. */
function pass(request: ReceivedRequest, headers: Record<string, string> = {}): Promise<Passed> {
  const { server, admin } = inject("controlPlane");
  const { accept, "content-type": type } = request.headers;
  return new Promise((resolve, reject) => {
    const sent = forward(`${server}${request.path}?${request.query}`, {
      agent,
      method: request.method,
      headers: {
        authorization: `Bearer ${admin.token}`,
        ...(accept === undefined ? {} : { accept }),
        ...(type === undefined ? {} : { "content-type": type }),
        ...headers,
      },
    });
    sent.on("error", reject).on("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("error", reject).on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const { statusCode: status = 0, headers: given } = answer;
        resolve({ status, headers: { "content-type": String(given["content-type"]) }, body: Buffer.concat(chunks) });
      });
    });
    sent.end(request.body);
  });
}

/** A proxy that changes what it was answered, or answers itself. */
function changing(change: (passed: Passed, request: ReceivedRequest) => Partial<Passed>, headers = {}): Handler {
  return async (request, reply) => {
    const passed = await pass(request, headers);
    const { status, headers: given, body } = { ...passed, ...change(passed, request) };
    reply.head(status, given);
    reply.end(body);
  };
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  proxy.requests.length = 0;
});

type Create = (server: string) => Transport;

function connected(create: Create, encoding: EncodingOptions = { read: "protobuf" }) {
  const warnings: string[] = [];
  const transport = create(proxy.origin);
  const cluster = createCluster({
    transport,
    protobuf: () => protobuf,
    encoding,
    onWarning: (text) => warnings.push(text),
  });
  opened.push(cluster);
  return { maps: cluster.api(CoreV1).configMaps.in(own.namespace), warnings };
}

const labelSelector = "of=proxies";
const html = Buffer.from("<!doctype html><html><body>Please log in</body></html>");

const transports: readonly (readonly [string, Create])[] = [
  ["Node", (server) => createNodeTransport({ server })],
  ["web", (server) => createWebTransport({ server })],
];

describe.each(transports)("over the %s transport", (_, create) => {
  async function readsWell(handler: Handler): Promise<void> {
    behave = handler;
    const { maps: reading, warnings } = connected(create);
    const list = await maps().list({ labelSelector });
    expect(told((await reading.list({ labelSelector })).items)).toBe(told(list.items));
    expect(told(await reading.get("a"))).toBe(told(await maps().get("a")));
    expect(warnings).toEqual([]);
  }

  test("one that passes all on", async () => {
    await readsWell(changing(() => ({})));
  });

  test("one that asks for JSON only, whatever it is asked for", async () => {
    await readsWell(changing(() => ({}), { accept: "application/json" }));
  });

  test("one that drops Accept", async () => {
    await readsWell(changing(() => ({}), { accept: "*/*" }));
  });

  test.each(["application/octet-stream", "text/plain", undefined])("one that says %s of all bodies", async (type) => {
    behave = changing(() => ({ headers: type === undefined ? {} : { "content-type": type } }));
    const { maps: reading } = connected(create);
    const outcome = await reading.list({ labelSelector }).catch((error: unknown) => error);
    // What does not say its type is what it begins as; what says another is none.
    if (type === undefined)
      expect(told((outcome as { items: unknown }).items)).toBe(told((await maps().list({ labelSelector })).items));
    else {
      expect(outcome).toBeInstanceOf(DecodeError);
      expect(String(outcome)).toContain(type);
      expect(String(outcome)).not.toContain("é😀");
    }
  });

  test("one that swaps the types is found out", async () => {
    const protobufType = "application/vnd.kubernetes.protobuf";
    behave = changing(({ headers }) => ({
      headers: { "content-type": headers["content-type"] === protobufType ? "application/json" : protobufType },
    }));
    const { maps: reading } = connected(create);
    expect(await rejection(reading.list({ labelSelector }))).toBeInstanceOf(DecodeError);
    expect(await rejection(reading.get("a"))).toBeInstanceOf(DecodeError);
  });

  describe("200 that is none", () => {
    const status = {
      kind: "Status",
      apiVersion: "v1",
      status: "Failure",
      message: "no",
      reason: "Forbidden",
      code: 403,
    };
    const answers: readonly (readonly [string, string, Uint8Array])[] = [
      ["a Status in JSON", "application/json", Buffer.from(JSON.stringify(status))],
      ["a Status in protobuf", "application/vnd.kubernetes.protobuf", encode(status)],
    ];

    test.each(answers)("%s is a StatusError", async (_what, type, body) => {
      behave = (_request, reply) => {
        reply.head(200, { "content-type": type });
        reply.end(body);
      };
      const { maps: reading } = connected(create);
      for (const error of [await rejection(reading.list()), await rejection(reading.get("a"))]) {
        if (!isStatusError(error)) throw error;
        expect([error.reason, error.status.code]).toEqual(["Forbidden", 403]);
      }
    });

    test.each(["text/html", "text/plain", "application/json", "application/vnd.kubernetes.protobuf"])(
      "a page that says %s is an error that does not show it",
      async (type) => {
        behave = (_request, reply) => {
          reply.head(200, { "content-type": type });
          reply.end(html);
        };
        const { maps: reading } = connected(create);
        const watch = reading.watch()[Symbol.asyncIterator]();
        for (const error of [await rejection(reading.list()), await rejection(reading.get("a"))]) {
          expect(error).toBeInstanceOf(DecodeError);
          expect(String(error)).not.toContain("Please");
        }
        // To a watch it may also look like an event that is too large, or that broke off.
        const error = await rejection(watch.next());
        expect(isKubeError(error)).toBe(true);
        expect(String(error)).not.toContain("Please");
      },
    );
  });

  test("one that answers 502 with a page is a StatusError", async () => {
    behave = (_request, reply) => {
      reply.head(502, { "content-type": "text/html" });
      reply.end(html);
    };
    const { maps: reading } = connected(create);
    expect(await rejection(reading.get("a"))).toMatchObject({ name: "StatusError", statusCode: 502 });
  });

  test("one that knows no protobuf in bodies: 415 once, then JSON", async () => {
    behave = async (request, reply) => {
      if (request.headers["content-type"]?.includes("protobuf") === true) {
        reply.head(415, { "content-type": "text/plain" });
        reply.end("no");
        return;
      }
      const { status, headers, body } = await pass(request);
      reply.head(status, headers);
      reply.end(body);
    };
    const { maps: writing } = connected(create, { read: "json", write: "protobuf" });
    const made = await writing.create({ metadata: { name: "w" }, data: { a: "1" } });
    const updated = await writing.update({ ...made, data: { a: "2" } });
    expect(await maps().get("w")).toEqual(updated);
    expect(proxy.requests.map(({ headers }) => headers["content-type"])).toEqual([
      "application/vnd.kubernetes.protobuf",
      "application/json",
      "application/json",
    ]);
    await maps().delete("w");
  });
});

describe("what is written in protobuf", () => {
  test("refuses fieldValidation beside it", async () => {
    behave = changing(() => ({}));
    const { maps: writing } = connected(transports[0]![1], { write: "protobuf" });
    const error = await rejection(writing.create({ metadata: { name: "w" } }, { fieldValidation: "Strict" } as never));
    expect(error).toMatchObject({ name: "InputError" });
    expect(String(error)).toContain("fieldValidation");
    expect(proxy.requests).toEqual([]);
  });

  test("goes as JSON where the object has a field that the schema does not know, and the server says what it thinks of it", async () => {
    behave = changing(() => ({}));
    const { maps: writing } = connected(transports[0]![1], { read: "json", write: "protobuf" });
    await writing.create({ metadata: { name: "w" }, unknown: 1 } as never);
    await writing.create({ metadata: { name: "v" }, data: { a: "1" } });
    expect(proxy.requests.map(({ headers }) => headers["content-type"])).toEqual([
      "application/json",
      "application/vnd.kubernetes.protobuf",
    ]);
    for (const name of ["w", "v"]) await maps().delete(name);
  });
});
