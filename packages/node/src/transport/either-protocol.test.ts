import { once } from "node:events";
import { createSecureServer } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import { Duplex } from "node:stream";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type TestAuthority } from "../../../../test/support/certificates.ts";
import type { Dial } from "../dial/dial.ts";
import { dialTcp } from "../dial/dial-tcp.ts";
import { createNodeTransport, type NodeTransport } from "./node-transport.ts";

/** A load balancer before two servers, of which one speaks HTTP/2 only and the other HTTP/1.1 only: `behind` says whose turn it is. */
let behind: "h2" | "http/1.1";
let dials: number;
/** What a dial waits for. */
let gate: Promise<void> | undefined;

let authority: TestAuthority;
let transport: NodeTransport;
const servers = {} as Record<typeof behind, Server>;
const open = new Set<Socket>();
const clients: Duplex[] = [];
const held: (() => void)[] = [];
let sessions: number;

const dial: Dial = async (host, _port, signal) => {
  dials += 1;
  const { port } = servers[behind].address() as AddressInfo;
  await gate;
  const socket = await dialTcp(host, port, signal);
  clients.push(socket);
  return socket;
};
/** Which protocol carried the request. */
const version = async (path = "/x"): Promise<string> =>
  bodyText(await transport.send(apiRequest(path, { streaming: path === "/hold" })));

beforeAll(async () => {
  authority = createAuthority();
  const handler = (
    request: { httpVersion: string; url?: string | undefined },
    response: NodeJS.WritableStream,
  ): void => {
    const answer = (): void => void response.end(request.httpVersion);
    if (request.url === "/hold") held.push(answer);
    else answer();
  };
  const pair = authority.issue();
  servers["http/1.1"] = createHttpsServer(pair, handler);
  servers.h2 = createSecureServer(pair, handler).on("session", () => void (sessions += 1));
  for (const server of Object.values(servers)) {
    server.on("secureConnection", (socket: Socket) => {
      open.add(socket);
      socket.on("error", () => {}).on("close", () => open.delete(socket));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
});
afterAll(() => {
  for (const server of Object.values(servers)) server.close();
  authority.remove();
});
beforeEach(() => {
  [dials, sessions, gate] = [0, 0, undefined];
  clients.length = 0;
  transport = createNodeTransport({ server: "https://127.0.0.1", ca: authority.ca, dial });
});
afterEach(async () => {
  for (const answer of held.splice(0)) answer();
  await transport.close();
});

describe("each new connection decides", () => {
  test("HTTP/1.1 first: the next dial may bring a session, which later requests take", async () => {
    behind = "http/1.1";
    const holding = version("/hold");
    await until(() => held.length === 1, 10_000);
    behind = "h2";
    expect(await version()).toBe("2.0");
    expect(await Promise.all([version(), version(), version()])).toEqual(["2.0", "2.0", "2.0"]);
    expect([dials, sessions]).toEqual([2, 1]);
    held.pop()!();
    expect(await holding).toBe("1.1");
    expect(await version()).toBe("2.0");
  });

  test("HTTP/2 first: when the session is gone, HTTP/1.1 serves; and the other way round again", async () => {
    for (const [at, now] of (["h2", "http/1.1", "h2", "http/1.1"] as const).entries()) {
      behind = now;
      for (const socket of open) socket.destroy();
      await until(() => open.size === 0 && clients.every(({ closed }) => closed));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await version()).toBe(now === "h2" ? "2.0" : "1.1");
      expect(await version()).toBe(now === "h2" ? "2.0" : "1.1");
      expect(dials).toBe(at + 1);
    }
  });

  test("protocol http/1.1 never offers HTTP/2", async () => {
    const only = createNodeTransport({ server: "https://127.0.0.1", ca: authority.ca, dial, protocol: "http/1.1" });
    behind = "http/1.1";
    await bodyText(await only.send(apiRequest("/x")));
    for (const socket of open) socket.destroy();
    await until(() => open.size === 0);
    behind = "h2";
    expect(await rejection(only.send(apiRequest("/x")))).toMatchObject({ name: "ConnectionError", sent: "no" });
    await only.close();
  });
});

test("while the server speaks HTTP/1.1, requests at the same time dial at the same time", async () => {
  behind = "http/1.1";
  const first = version("/hold");
  await until(() => held.length === 1, 10_000);
  let release = (): void => {};
  gate = new Promise((resolve) => (release = resolve));
  const others = Array.from({ length: 20 }, () => version("/hold"));
  await until(() => dials === 21, 10_000);
  release();
  await until(() => held.length === 21, 10_000);
  for (const answer of held.splice(0)) answer();
  expect(new Set(await Promise.all([first, ...others]))).toEqual(new Set(["1.1"]));
});

test("100 requests that each dial as for HTTP/1.1 share the first session that comes; no other stays", async () => {
  behind = "http/1.1";
  const first = version("/hold");
  await until(() => held.length === 1, 10_000);
  behind = "h2";
  const all = await Promise.all(Array.from({ length: 100 }, () => version()));
  expect(new Set(all)).toEqual(new Set(["2.0"]));
  expect(dials).toBeLessThanOrEqual(101);
  await until(() => open.size === 2, 10_000);
  // The dials that are not through yet are given up; one was seen here, and some leave room for a slow machine.
  expect(sessions).toBeLessThan(10);
  expect(await version()).toBe("2.0");
  held.pop()!();
  await first;
});

test("a connection that is closed as soon as it is made fails the request, and is not dialled for ever", async () => {
  let made = 0;
  const { send, close } = createNodeTransport({
    server: "http://127.0.0.1",
    dial: async () => {
      made += 1;
      return new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() }).destroy();
    },
  });
  expect(await rejection(send(apiRequest("/x")))).toMatchObject({ name: "ConnectionError", sent: "no" });
  expect(made).toBe(1);
  await close();
});
