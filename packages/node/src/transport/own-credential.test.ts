import { once } from "node:events";
import { createSecureServer, type Http2SecureServer, type Http2ServerResponse } from "node:http2";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiRequest, bodyText, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import { dialTcp } from "../dial/dial-tcp.ts";
import { createNodeTransport, type NodeTransport, type NodeTransportOptions } from "./node-transport.ts";

// Requests with a credential of their own, and the certificates that the server sees on their connections.

let authority: TestAuthority;
let jane: CertifiedKey;
let joe: CertifiedKey;
let server: Http2SecureServer;
let transport: NodeTransport | undefined;
/** What was asked for and by whose connection, in order of arrival. */
let seen: { readonly path: string; readonly shown: string; readonly port: number | undefined }[];
let held: Http2ServerResponse[];

beforeAll(async () => {
  authority = createAuthority();
  jane = authority.issue({ commonName: "jane", purpose: "clientAuth" });
  joe = authority.issue({ commonName: "joe", purpose: "clientAuth" });
  const wanted = { ca: authority.ca, requestCert: true, rejectUnauthorized: false };
  server = createSecureServer({ ...authority.issue(), ...wanted, allowHTTP1: true }, (request, response) => {
    const connection = (request.stream?.session?.socket ?? request.socket) as TLSSocket;
    const shown = String(connection.getPeerCertificate().subject?.CN ?? "nobody");
    seen.push({ path: request.url, shown, port: connection.remotePort });
    if (request.url === "/held") held.push(response);
    else response.end(shown);
  });
  server.listen(0);
  await once(server, "listening");
});
afterAll(() => {
  server.close();
  authority.remove();
});
beforeEach(() => {
  seen = [];
  held = [];
});
afterEach(() => transport?.close());

describe.each(["auto", "http/1.1"] as const)("over %s", (protocol) => {
  const make = (options: Partial<NodeTransportOptions> = {}): NodeTransport => {
    const { port } = server.address() as AddressInfo;
    return (transport = createNodeTransport({
      server: `https://127.0.0.1:${port}`,
      ca: authority.ca,
      protocol,
      ...options,
    }));
  };
  const ask = async (via: NodeTransport, ownCredential: boolean, path = "/x"): Promise<string> =>
    bodyText(await via.send(apiRequest(path, { ownCredential })));

  test("go over connections that show no certificate, whoever else asks", async () => {
    const via = make(jane);
    const asked = [true, false, true, true, false, false, true];
    const shown = await Promise.all(asked.map((own) => ask(via, own)));
    expect(shown).toEqual(asked.map((own) => (own ? "nobody" : "jane")));
    for (const own of [false, true, false]) expect(await ask(via, own)).toBe(own ? "nobody" : "jane");
  });

  test("keep their connection from one to the next", async () => {
    const via = make(jane);
    for (let count = 0; count < 3; count++) await ask(via, true);
    expect(new Set(seen.map(({ port }) => port)).size).toBe(1);
  });

  test("show none of a certificate that comes while they wait for their connection", async () => {
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let dials = 0;
    const via = make({
      dial: async (...place) => {
        dials += 1;
        await released;
        return dialTcp(...place);
      },
    });
    const shown = [ask(via, true), ask(via, false)];
    await until(() => dials === 2);
    via.retire(jane);
    release();
    expect(await Promise.all(shown)).toEqual(["nobody", "jane"]);
  });

  test("get new connections when certificates change, and still show none", async () => {
    const via = make(jane);
    await ask(via, true);
    via.retire(joe);
    expect([await ask(via, true), await ask(via, false)]).toEqual(["nobody", "joe"]);
    expect(seen[1]?.port).not.toBe(seen[0]?.port);
    expect(() => via.retire({ cert: jane.cert, key: joe.key })).toThrow("key");
    expect([await ask(via, true), await ask(via, false)]).toEqual(["nobody", "joe"]);
    expect(seen[3]?.port).toBe(seen[1]?.port);
  });

  test("end with close(), and none begins after it", async () => {
    const via = make(jane);
    const waiting = ask(via, true, "/held");
    waiting.catch(() => undefined);
    await until(() => held.length === 1);
    await via.close();
    await expect(waiting).rejects.toThrow(ConnectionError);
    await expect(ask(via, true)).rejects.toThrow("Closed: ");
    const unused = make(jane);
    await unused.close();
    await expect(ask(unused, true)).rejects.toThrow("Closed: ");
    expect(seen).toHaveLength(1);
  });
});

test("over HTTP/1.1 they share the bound of requests under way with the others", async () => {
  const { port } = server.address() as AddressInfo;
  let dials = 0;
  const via = (transport = createNodeTransport({
    server: `https://127.0.0.1:${port}`,
    ca: authority.ca,
    ...jane,
    protocol: "http/1.1",
    maxConnections: 1,
    dial: (...place) => {
      dials += 1;
      return dialTcp(...place);
    },
  }));
  const first = via.send(apiRequest("/held"));
  await until(() => held.length === 1);
  const second = via.send(apiRequest("/own", { ownCredential: true }));
  const third = via.send(apiRequest("/third"));
  await new Promise(setImmediate);
  expect(dials).toBe(1);
  held[0]?.end("ok");
  expect(await bodyText(await first)).toBe("ok");
  expect([await bodyText(await second), await bodyText(await third)]).toEqual(["nobody", "jane"]);
  expect(seen.map(({ path }) => path)).toEqual(["/held", "/own", "/third"]);
});
