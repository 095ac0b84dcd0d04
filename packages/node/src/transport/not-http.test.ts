import { once } from "node:events";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

import { ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import { answer, startRawH1Server } from "../../../../test/support/raw-h1-server.ts";
import { connect } from "../connect.ts";
import { createNodeTransport } from "./node-transport.ts";

let authority: TestAuthority;
let pair: CertifiedKey;
const cleanUp: (() => unknown)[] = [];

beforeAll(() => {
  authority = createAuthority();
  pair = authority.issue();
});
afterAll(() => authority.remove());
afterEach(async () => {
  for (const one of cleanUp.splice(0).toReversed()) await one();
});

type Talk = (socket: Socket) => void;
const greeting =
  (bytes: string | Uint8Array): Talk =>
  (socket) =>
    void socket.write(bytes);
const replying =
  (bytes: string | Uint8Array): Talk =>
  (socket) =>
    void socket.once("data", () => socket.write(bytes));
/** A SETTINGS frame, which every HTTP/2 server begins with. */
const settings = Uint8Array.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100]);

/** A server that talks as given, and a cluster that takes it for an API server. */
async function start(talk: Talk, protocols?: readonly string[]) {
  let connections = 0;
  const listener = (socket: Socket): void => {
    connections += 1;
    socket.on("error", () => {});
    cleanUp.push(() => socket.destroy());
    talk(socket);
  };
  const server =
    protocols === undefined
      ? createTcpServer(listener)
      : createTlsServer({ ...pair, ALPNProtocols: [...protocols] }, listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUp.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const url = `${protocols === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  const cluster = await connect({ server: url, ...(protocols === undefined ? {} : { ca: authority.ca }) });
  cleanUp.push(() => cluster.close());
  return { cluster, port, connections: () => connections };
}

const others: readonly [string, Talk, RegExp][] = [
  ["an SSH server", greeting("SSH-2.0-OpenSSH_9.6\r\n"), /as an SSH server; check the server's address and port/],
  ["a mail server", greeting("220 mail.example ESMTP\r\n"), /as a mail or FTP server;/],
  ["a mail server that hangs up", replying("500 5.5.1 Invalid command\r\n"), /as a mail or FTP server;/],
  ["Redis", replying("-ERR wrong number of arguments for 'get' command\r\n"), /as Redis does;/],
  ["MySQL", greeting("J\0\0\0\n8.0.36\0\x08\0"), /does not answer in HTTP\/1\.1; check/],
  ["HTTP/0.9", replying("<html>hello</html>"), /does not answer in HTTP\/1\.1; check/],
  ["HTTP/2 alone", replying(settings), /in HTTP\/2; leave protocol at "auto"/],
  ["a TLS alert", replying("\x15\x03\x01\0\x02\x02\x46"), /begins with https:\/\//],
  ["JSON without a head", replying('{"kind":"Status"}\n'), /does not answer in HTTP\/1\.1; check/],
  ["zeros", replying(new Uint8Array(64)), /does not answer in HTTP\/1\.1; check/],
];

describe.each([
  ["over TCP", undefined],
  ["over TLS", ["http/1.1"]],
] as const)("%s, what is not HTTP is told once, and says so:", (_, protocols) => {
  test.each(others)("%s", async (_name, talk, words) => {
    const { cluster, port, connections } = await start(talk, protocols);
    const error = await rejection(cluster.version());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ permanent: true, request: { verb: "get", path: "/version" } });
    expect((error as Error).message).toMatch(/^NotHttp: /);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).toContain(`127.0.0.1:${port}`);
    expect(connections()).toBe(1);
    expect((error as { cause: object }).cause).not.toHaveProperty("rawPacket");
  });

  test.each([
    ["a header without a name", "HTTP/1.1 200 OK\r\n: x\r\n\r\n"],
    ["a name with a space", "HTTP/1.1 200 OK\r\nA B: x\r\n\r\n"],
    ["an unknown version", "HTTP/9.1 200 OK\r\n\r\n"],
    ["a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
  ])("an answer with %s", async (_name, bytes) => {
    const { cluster, connections } = await start(replying(bytes), protocols);
    const error = await rejection(cluster.version());
    expect(error).toMatchObject({ name: "ConnectionError", permanent: true });
    expect((error as Error).message).toMatch(/^BadHttp: .* is not valid HTTP \(HPE_/);
    expect(connections()).toBe(1);
  });
});

describe("over TLS that agreed on HTTP/2", () => {
  test.each([
    ["an answer in HTTP/1.1", replying("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")],
    ["SSH", greeting("SSH-2.0-OpenSSH_9.6\r\n")],
    ["an HTML page", replying("<html>hello, hello, hello</html>")],
  ])("%s is told once, and says so", async (_name, talk) => {
    const { cluster, connections } = await start(talk, ["h2"]);
    const error = await rejection(cluster.version());
    expect(error).toMatchObject({ name: "ConnectionError", permanent: true });
    expect((error as Error).message).toMatch(/^NotHttp: .* agrees on HTTP\/2 and does not speak it; .*"http\/1\.1"/);
    expect(connections()).toBe(1);
  });
});

test("ten such answers leave the retries to what can be retried", async () => {
  let talk = replying("SSH-2.0-x\r\n");
  const { cluster } = await start((socket) => talk(socket));
  for (let i = 0; i < 20; i++) await rejection(cluster.version());
  let refusals = 5;
  talk = (socket) => {
    socket.on("data", () => {
      const refuses = refusals-- > 0;
      socket.write(refuses ? "HTTP/1.1 429 Too Many\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n" : answer("{}"));
    });
  };
  await expect(cluster.version()).resolves.toEqual({});
});

test("what is not HTTP on a connection that spoke it ends that connection and no more: the next request has another", async () => {
  const server = await startRawH1Server(
    (socket, _request, index) => void socket.write(index === 1 ? "garbage behind an answer" : answer("ok")),
  );
  const transport = createNodeTransport({ server: server.origin });
  cleanUp.push(
    () => server.close(),
    () => transport.close(),
  );
  const get = async () => bodyText(await transport.send(apiRequest("/x")));
  expect(await get()).toBe("ok");
  expect(await rejection(get())).toMatchObject({ name: "ConnectionError", sent: "maybe", permanent: false });
  expect(await get()).toBe("ok");
  expect(server.sockets).toHaveLength(2);
});
