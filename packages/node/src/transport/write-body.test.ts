import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import type { ApiResponse, BodyStream } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type TestAuthority } from "../../../../test/support/certificates.ts";
import { createNodeTransport, type NodeTransport } from "./node-transport.ts";

type Handler = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => void;

let authority: TestAuthority;
const ends: (() => unknown)[] = [];
beforeAll(() => {
  authority = createAuthority();
});
afterAll(() => authority.remove());
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function connect(protocol: "HTTP/1.1" | "HTTP/2", handler: Handler): Promise<NodeTransport> {
  const server =
    protocol === "HTTP/2" ? createSecureServer(authority.issue(), handler) : createServer(handler as never);
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket: { destroy(): void }) => void sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const secure = protocol === "HTTP/2";
  const transport = createNodeTransport({
    server: `${secure ? "https" : "http"}://127.0.0.1:${port}`,
    ca: secure ? authority.ca : undefined,
  });
  ends.push(() => transport.close());
  return transport;
}

const post = (transport: NodeTransport, body: BodyStream, changes = {}): Promise<ApiResponse> =>
  transport.send(apiRequest("/x", { method: "POST", body, ...changes }));

const mega = 1024 * 1024;
const patienceMs = 30_000;

/** Chunks of 64 KiB, of which it is known how many were taken and whether the reader has left. */
function counted(length: number) {
  const state = { taken: 0, left: false };
  const chunks = (async function* () {
    try {
      while (state.taken < length) {
        state.taken += 65_536;
        yield new Uint8Array(65_536);
      }
    } finally {
      state.left = true;
    }
  })();
  return { state, body: { length, chunks } satisfies BodyStream };
}

describe.each(["HTTP/1.1", "HTTP/2"] as const)("a body that comes bit by bit, over %s", (protocol) => {
  test("goes out bit by bit", async () => {
    let received = "";
    const transport = await connect(protocol, (request, response) => {
      request.on("data", (chunk: Buffer) => void (received += String(chunk)));
      request.on("end", () => response.end(`${request.headers["content-length"]} ${received}`));
    });
    const chunks = (async function* () {
      yield Buffer.from("one ");
      await until(() => received === "one ", patienceMs);
      yield Buffer.from("two");
    })();
    expect(await bodyText(await post(transport, { length: 7, chunks }))).toBe("7 one two");
  });

  test("is taken no faster than the server takes it", async () => {
    let read = (): void => {};
    const transport = await connect(protocol, (request, response) => {
      let length = 0;
      read = () => request.on("data", (chunk: Buffer) => void (length += chunk.length));
      request.on("end", () => response.end(String(length)));
    });
    const { state, body } = counted(64 * mega);
    const answer = post(transport, body);
    let before = -1;
    while (state.taken === 0 || state.taken !== before) {
      before = state.taken;
      for (let turns = 0; turns < 200; turns++) await turn();
    }
    expect(state.taken).toBeLessThan(32 * mega);
    read();
    expect(await bodyText(await answer)).toBe(String(64 * mega));
  });

  test("breaks the request off where it does", async () => {
    let broken = false;
    const transport = await connect(protocol, (request) => {
      request.on("data", () => {}).on("error", () => {});
      request.on("aborted", () => void (broken = true));
    });
    const gone = new Error("the page has left");
    const chunks = (async function* () {
      yield Buffer.from("one ");
      await turn();
      throw gone;
    })();
    expect(await rejection(post(transport, { length: 7, chunks }))).toBe(gone);
    await until(() => broken, patienceMs);
  });

  test("is left alone once the server has answered without it", async () => {
    const transport = await connect(protocol, (_, response) => {
      response.statusCode = 403;
      response.end("no");
    });
    const { state, body } = counted(64 * mega);
    const response = await post(transport, body);
    expect([response.status, await bodyText(response)]).toEqual([403, "no"]);
    await until(() => state.left, patienceMs);
    expect(state.taken).toBeLessThan(32 * mega);
  });

  test("ends with its signal", async () => {
    const transport = await connect(protocol, () => {});
    const { state, body } = counted(64 * mega);
    const ending = new AbortController();
    const asked = rejection(post(transport, body, { signal: ending.signal }));
    await until(() => state.taken > 0, patienceMs);
    ending.abort(new Error("enough"));
    expect(String(await asked)).toBe("Error: enough");
    await until(() => state.left, patienceMs);
  });
});
