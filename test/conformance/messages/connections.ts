import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { connect, type ConnectOptions } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import type { CertifiedKey, TestAuthority } from "../../support/certificates.ts";
import { startHandlerServer } from "../../support/handler-server.ts";
import { answer, startRawH1Server } from "../../support/raw-h1-server.ts";
import type { Case } from "./case.ts";

/** Lists pods at `server`. */
async function list(server: string, options: ConnectOptions = {}): Promise<unknown> {
  await using cluster = await connect({ server, ...options });
  return await cluster.api(CoreV1).pods.in("home").list();
}

/** Answers with bytes as they are. */
async function raw(text: string, scheme = "http"): Promise<unknown> {
  const server = await startRawH1Server((socket) => void socket.end(text));
  try {
    return await list(`${scheme}://127.0.0.1:${server.port}`);
  } finally {
    await server.close();
  }
}

/** A port where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function plainAskedForTls(): Promise<unknown> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.end("SSH-2.0-x\r\n");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await list(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

async function closed(): Promise<unknown> {
  const cluster = await connect({ server: "http://127.0.0.1:1" });
  await cluster.close();
  return await cluster.version();
}

/** Connections that fail, over real sockets. */
export function connectionCases(authority: TestAuthority, other: TestAuthority): readonly Case[] {
  const shown = async (pair: CertifiedKey, options: ConnectOptions = {}): Promise<unknown> => {
    const server = await startHandlerServer("https", (_, reply) => reply.end("{}"), pair);
    try {
      return await list(server.origin, { ca: authority.ca, ...options });
    } finally {
      await server.close();
    }
  };
  return [
    ["nobody listens", async () => list(`http://127.0.0.1:${await closedPort()}`)],
    [
      "a proxy where nobody listens",
      async () => list("https://h", { proxyUrl: `http://127.0.0.1:${await closedPort()}` }),
    ],
    ["an answer that is not HTTP", () => raw("hello\r\n\r\n")],
    [
      "an answer that breaks off",
      () => raw(answer('{"a":', ["Content-Type: application/json"]).replace(": 5", ": 50")),
    ],
    ["a body that is not gzip", () => raw(answer("{}", ["Content-Type: application/json", "Content-Encoding: gzip"]))],
    ["a server that does not speak TLS", plainAskedForTls],
    ["an unknown authority", () => shown(authority.issue(), { ca: other.ca })],
    ["a self-signed certificate", () => shown(authority.selfSign())],
    ["a certificate for other names", () => shown(authority.issue({ names: ["DNS:a.example.com"] }))],
    ["a certificate that has expired", () => shown(authority.issue({ from: -5, to: -1 }))],
    ["a call after close()", closed],
  ];
}
