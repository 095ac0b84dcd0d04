import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

import { afterEach, expect, test } from "vitest";

import { rejection } from "../../../../test/support/api-request.ts";
import { connect } from "../connect.ts";

type Talk = (socket: Socket) => void;
const greeting =
  (bytes: string | Uint8Array): Talk =>
  (socket) =>
    void socket.write(bytes);
const replying =
  (bytes: string | Uint8Array): Talk =>
  (socket) =>
    void socket.once("data", () => socket.write(bytes));
const hangingUp =
  (bytes: string | Uint8Array): Talk =>
  (socket) =>
    void socket.once("data", () => socket.end(bytes));

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of cleanUp.splice(0).toReversed()) await one();
});

test.each<[string, Talk]>([
  ["an HTTP server", replying("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")],
  ["an HTTP server that hangs up", hangingUp("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ["an HTTP/2 server", replying(Uint8Array.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100]))],
  ["an SSH server", greeting("SSH-2.0-OpenSSH_9.6\r\n")],
  ["a mail server", greeting("220 mail.example ESMTP\r\n")],
  ["a mail server that hangs up", hangingUp("500 5.5.1 Invalid command\r\n")],
  ["Redis", replying("-ERR unknown command\r\n")],
  ["MySQL", greeting("J\0\0\0\n8.0.36\0\x08\0")],
  ["JSON", replying('{"kind":"Status"}\n')],
  ["zeros", replying(new Uint8Array(64))],
  ["a long text", greeting("a".repeat(20_000))],
])("what does not speak TLS is told once, and says so: %s", async (_, talk) => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    cleanUp.push(() => socket.destroy());
    talk(socket.on("error", () => {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUp.push(() => server.close());
  const where = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cluster = await connect({ server: `https://${where}`, insecureSkipTlsVerify: true, onWarning: () => {} });
  cleanUp.push(() => cluster.close());
  const error = await rejection(cluster.version());
  expect(error).toMatchObject({ name: "ConnectionError", permanent: true, sent: "no", request: { path: "/version" } });
  expect((error as Error).message).toContain(`NotTls: ${where} does not speak TLS; check the port`);
  expect(connections).toBe(1);
});
