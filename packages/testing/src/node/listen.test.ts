import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { type ClientHttp2Stream, connect as connectHttp2 } from "node:http2";
import * as https from "node:https";
import { connect as connectTls } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "./start-api-server.ts";

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer({ controllers: false });
});
afterEach(() => api.close());

/** Bytes over a TLS connection of HTTP/1.1, and all that comes back until it ends. */
async function raw(text: string): Promise<string> {
  const { port } = new URL(api.url);
  const socket = connectTls({ port: Number(port), host: "127.0.0.1", ca: api.ca });
  socket.write(text);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const token = (): string => /token: (.*)/.exec(api.kubeconfig)![1]!;

test("a path that cannot be decoded is a bad request, as Go's listener says it", async () => {
  const answer = await raw("GET /api/v1/%zz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*\r\n\r\n400 Bad Request$/);
});

test("who expects to be told to go on is told so", async () => {
  const body = JSON.stringify({ metadata: { name: "a" } });
  const head = [
    "POST /api/v1/namespaces/default/configmaps HTTP/1.1",
    "host: a",
    `authorization: Bearer ${token()}`,
    "expect: 100-continue",
    "content-type: application/json",
    `content-length: ${body.length}`,
    "connection: close",
  ].join("\r\n");
  expect(await raw(`${head}\r\n\r\n${body}`)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 Created\r\n/);
});

test("a body far too large is refused, and its connection goes on", async () => {
  const agent = new https.Agent({ ca: api.ca, keepAlive: true, maxSockets: 1 });
  const send = async (method: string, body: string): Promise<{ status: number | undefined; socket: unknown }> => {
    const path = "/api/v1/namespaces/default/configmaps";
    const headers = { authorization: `Bearer ${token()}`, "content-type": "application/json" };
    const request = https.request(api.url + path, { agent, method, headers }).end(body);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const { socket } = response;
    for await (const _ of response);
    return { status: response.statusCode, socket };
  };
  const refused = await send("POST", "x".repeat(20 * 1024 * 1024));
  expect(refused.status).toBe(413);
  expect(await send("GET", "")).toEqual({ status: 200, socket: refused.socket });
  agent.destroy();
});

test("a 401 ends an HTTP/2 connection, and what came with it is answered", async () => {
  const session = connectHttp2(api.url, { ca: api.ca });
  const ask = (): ClientHttp2Stream =>
    session.request({ ":path": "/api/v1/namespaces/default", authorization: "Bearer wrong" });
  const statusOf = async (stream: ClientHttp2Stream): Promise<unknown> => {
    const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    return [headers[":status"], (JSON.parse(text) as { message: string }).message];
  };
  // The server loads while it answers the first of all.
  await api.connect().then((cluster) => cluster.version());
  const goAway = once(session, "goaway");
  const answers = await Promise.all(Array.from({ length: 50 }, () => statusOf(ask())));
  expect(answers).toEqual(Array.from({ length: 50 }, () => [401, "Unauthorized"]));
  expect((await goAway).slice(0, 2)).toEqual([0, 99]);
  session.close();
});

test("header values are UTF-8, and a certificate names the server as its cluster does", async () => {
  const { port } = new URL(api.url);
  const servername = "kubernetes.default.svc";
  const headers = { authorization: `Bearer ${token()}`, "impersonate-user": Buffer.from("jané").toString("latin1") };
  const path = "/api/v1/namespaces/default";
  const request = https.request({ host: "127.0.0.1", port, path, ca: api.ca, servername, headers }).end();
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += String(chunk);
  expect(response.statusCode).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ metadata: { name: "default" } });
  expect(api.requests().at(-1)?.user).toBe("jané");
});
