import type { ClientHttp2Stream } from "node:http2";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

import { ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import {
  errorCodes,
  type RawConnection,
  type RawH2Server,
  startRawH2Server,
} from "../../../../test/support/raw-h2-server.ts";
import { createNodeTransport, type NodeTransport } from "./node-transport.ts";

// RFC 9113 8.1: a server that has seen enough of a body may answer and ask with NO_ERROR for no more of it. The raw server gives no
// window, so that each body stays under way.

let authority: TestAuthority;
let pair: CertifiedKey;
let server: RawH2Server;
let transport: NodeTransport;
const streams: ClientHttp2Stream[] = [];
const remember = (message: unknown): void => void streams.push((message as { stream: ClientHttp2Stream }).stream);

beforeAll(() => {
  authority = createAuthority();
  pair = authority.issue();
  subscribe("http2.client.stream.created", remember);
});
afterAll(() => {
  unsubscribe("http2.client.stream.created", remember);
  authority.remove();
});
afterEach(async () => {
  streams.length = 0;
  await transport.close();
  await server.close();
});

async function start(onRequest: (connection: RawConnection, stream: number) => void): Promise<void> {
  server = await startRawH2Server(pair, onRequest, 2);
  transport = createNodeTransport({ server: server.origin, ca: authority.ca });
}

const body = "x".repeat(1_000_000);
const post = (changes = {}) => transport.send(apiRequest("/x", { method: "POST", body, ...changes }));
/** Nothing of the stream is left, and its place on the session is free again. */
async function gone(): Promise<void> {
  await until(() => streams.length > 0 && streams.every(({ destroyed }) => destroyed));
}

test("a reset with NO_ERROR and no answer fails at once", async () => {
  await start((connection, stream) => connection.reset(stream, errorCodes.none));
  expect(await rejection(post())).toMatchObject({ name: "ConnectionError", sent: "maybe" });
  await gone();
});

test("a whole answer before the reset is delivered", async () => {
  await start((connection, stream) => {
    connection.headers(stream, 413);
    connection.data(stream, "too large", true);
    connection.reset(stream, errorCodes.none);
  });
  const response = await post();
  expect([response.status, await bodyText(response)]).toEqual([413, "too large"]);
  await gone();
});

test("an answer of headers alone before the reset is delivered", async () => {
  await start((connection, stream) => {
    connection.headers(stream, 413, {}, true);
    connection.reset(stream, errorCodes.none);
  });
  const response = await post();
  expect([response.status, await bodyText(response)]).toEqual([413, ""]);
  await gone();
});

test("an answer that the reset cuts off fails after what came of it", async () => {
  await start((connection, stream) => {
    connection.headers(stream, 200);
    connection.data(stream, "half");
    setTimeout(() => connection.reset(stream, errorCodes.none), 20);
  });
  const response = await post();
  const seen: string[] = [];
  const error = await rejection(
    (async () => {
      for await (const chunk of response.body) seen.push(Buffer.from(chunk).toString());
    })(),
  );
  expect(seen).toEqual(["half"]);
  expect(error).toBeInstanceOf(ConnectionError);
  await gone();
});

test("an answer that nobody reads leaves nothing behind when it is reset", async () => {
  await start((connection, stream) => {
    connection.headers(stream, 200);
    setTimeout(() => connection.reset(stream, errorCodes.none), 20);
  });
  await post();
  await gone();
});

test("its place is free again: more requests than the server takes at a time", async () => {
  await start((connection, stream) => connection.reset(stream, errorCodes.none));
  for (let i = 0; i < 6; i++) expect(await rejection(post())).toBeInstanceOf(ConnectionError);
  expect(server.connections).toHaveLength(1);
});

test("an abort still tells its own reason", async () => {
  const controller = new AbortController();
  await start((connection, stream) => {
    controller.abort("mine");
    connection.reset(stream, errorCodes.none);
  });
  expect(await rejection(post({ signal: controller.signal }))).toBe("mine");
  await gone();
});
