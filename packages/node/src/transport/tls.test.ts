import { createPrivateKey } from "node:crypto";
import { once } from "node:events";
import { createSecureServer, type Http2SecureServer, type SecureServerOptions } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { getCACertificates, type TLSSocket } from "node:tls";

import { ConnectionError, InputError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { apiRequest, bodyText, rejection } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import type { Dial } from "../dial/dial.ts";
import { dialTcp } from "../dial/dial-tcp.ts";
import { createNodeTransport, type NodeTransport, type NodeTransportOptions } from "./node-transport.ts";

let authority: TestAuthority;
let other: TestAuthority;
let good: CertifiedKey;
let selfSigned: CertifiedKey;
let server: Http2SecureServer | undefined;
let transport: NodeTransport | undefined;

beforeAll(() => {
  authority = createAuthority();
  other = createAuthority("Other authority");
  good = authority.issue();
  selfSigned = authority.selfSign();
});
afterAll(() => {
  authority.remove();
  other.remove();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await transport?.close();
  server?.close();
  [transport, server] = [undefined, undefined];
});

/** Starts a server and returns its port. It answers with the names that it was asked for and that the client showed. */
async function listen(pair: CertifiedKey, options: SecureServerOptions = {}, host = "127.0.0.1"): Promise<number> {
  server = createSecureServer({ ...pair, allowHTTP1: true, ...options }, (request, response) => {
    const socket = request.socket as TLSSocket;
    response.end(JSON.stringify({ sni: socket.servername, client: socket.getPeerCertificate().subject?.CN }));
  });
  server.listen(0, host);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function ask(options: NodeTransportOptions): Promise<{ sni: string | false; client?: string }> {
  transport = createNodeTransport(options);
  return JSON.parse(await bodyText(await transport.send(apiRequest("/x"))));
}

const protocols = ["auto", "http/1.1"] as const;

describe.each(protocols)("over %s", (protocol) => {
  const refused = async (options: Partial<NodeTransportOptions>, port: number, host = "127.0.0.1") => {
    const error = await rejection(ask({ server: `https://${host}:${port}`, ca: authority.ca, protocol, ...options }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: "no", request: { verb: "get", path: "/x" } });
    return (error as Error).message;
  };

  test("a server of the given authority is accepted, without a name for an address", async () => {
    const port = await listen(good);
    expect(await ask({ server: `https://127.0.0.1:${port}`, ca: authority.ca, protocol })).toEqual({ sni: false });
  });

  test("a server name is asked for and checked", async () => {
    const port = await listen(good);
    expect(await ask({ server: `https://localhost:${port}`, ca: authority.ca, protocol })).toEqual({
      sni: "localhost",
    });
  });

  test("a certificate of an unknown authority is refused", async () => {
    const port = await listen(good);
    expect(await refused({ ca: other.ca }, port)).toMatch(/^UnknownAuthority: .*as ca \(get \/x\)$/);
  });

  test("an own authority replaces the public ones", async () => {
    const [anyPublic] = getCACertificates("bundled");
    const port = await listen(good);
    expect(await refused({ ca: anyPublic }, port)).toMatch(/^UnknownAuthority: /);
  });

  test("without an authority, those of Node and the system are trusted", async () => {
    const port = await listen(good);
    expect(await refused({ ca: undefined }, port)).toMatch(/^UnknownAuthority: /);
  });

  test("an expired certificate is refused as that", async () => {
    const port = await listen(authority.issue({ from: -5, to: -1 }));
    expect(await refused({}, port)).toMatch(/^CertificateExpired: .*here it is \d{4}-/);
  });

  test("a certificate that is not yet valid is refused as that", async () => {
    const port = await listen(authority.issue({ from: 2, to: 5 }));
    expect(await refused({}, port)).toMatch(/^CertificateNotYetValid: .*correct the clock/);
  });

  test("wrong name: the names of the certificate are told", async () => {
    const port = await listen(authority.issue({ names: ["DNS:kubernetes.default", "IP:10.0.0.1"] }));
    expect(await refused({}, port)).toMatch(
      /^WrongHostName: .* is for kubernetes\.default, 10\.0\.0\.1; .*tlsServerName/,
    );
    expect(await refused({ server: `https://localhost:${port}` }, port)).toMatch(/^WrongHostName: /);
  });

  test("of many names ten are told", async () => {
    const names = Array.from({ length: 11 }, (_, i) => `n${i}`);
    const port = await listen(authority.issue({ names: names.map((name) => `DNS:${name}`) }));
    expect(await refused({}, port)).toContain(`is for ${names.slice(0, 10).join(", ")}, …;`);
  });

  test("a common name does not count", async () => {
    const port = await listen(authority.issue({ names: [], commonName: "localhost" }));
    expect(await refused({}, port, "localhost")).toMatch(/^WrongHostName: .*"localhost" in its subject only/);
  });

  test("tlsServerName is asked for and checked instead of the address", async () => {
    const port = await listen(authority.issue({ names: ["DNS:kubernetes.default"] }));
    const options = { server: `https://127.0.0.1:${port}`, ca: authority.ca, protocol };
    expect(await ask({ ...options, tlsServerName: "kubernetes.default" })).toEqual({ sni: "kubernetes.default" });
    await transport!.close();
    expect(await refused({ tlsServerName: "127.0.0.1" }, port)).toMatch(/^WrongHostName: /);
  });

  test("a self-signed certificate is refused as that", async () => {
    const port = await listen(selfSigned);
    expect(await refused({}, port)).toMatch(/^SelfSignedCertificate: .*pass it as ca/);
    await transport!.close();
    expect(await ask({ server: `https://127.0.0.1:${port}`, ca: selfSigned.cert, protocol })).toEqual({ sni: false });
  });

  test("NODE_TLS_REJECT_UNAUTHORIZED changes nothing", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const port = await listen(good);
    expect(await refused({ ca: other.ca }, port)).toMatch(/^UnknownAuthority: /);
  });

  test("insecureSkipTlsVerify accepts anything", async () => {
    const port = await listen(other.issue({ names: [], from: -5, to: -1 }));
    const options = { server: `https://127.0.0.1:${port}`, insecureSkipTlsVerify: true, protocol };
    expect(await ask(options)).toEqual({ sni: false });
  });

  test("nothing older than TLS 1.2 is spoken", async () => {
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const port = await listen(good, old);
    expect(await refused({}, port)).toMatch(/^OldTls: /);
  });

  test("a client certificate is shown; without one, a server that wants it says so", async () => {
    const port = await listen(good, { requestCert: true, ca: authority.ca });
    const client = authority.issue({ names: [], commonName: "jane", purpose: "clientAuth" });
    const server = `https://127.0.0.1:${port}`;
    expect(await ask({ server, ca: authority.ca, protocol, ...client })).toEqual({ sni: false, client: "jane" });
    await transport!.close();
    const dialled: Socket[] = [];
    const dial: Dial = async (host, to, signal) => {
      const socket = await dialTcp(host, to, signal);
      dialled.push(socket as Socket);
      return socket;
    };
    expect(await refused({ dial }, port)).toMatch(/^ClientCertificateRefused: .*cert and key/);
    await vi.waitUntil(() => dialled.every(({ destroyed }) => destroyed));
  });

  test("retire() shows a renewed certificate on new connections, and takes no bad one", async () => {
    const port = await listen(good, { requestCert: true, ca: authority.ca });
    const issue = (commonName: string) => authority.issue({ names: [], commonName, purpose: "clientAuth" });
    const first = { server: `https://127.0.0.1:${port}`, ca: authority.ca, protocol, ...issue("first") };
    expect(await ask(first)).toMatchObject({ client: "first" });
    const again = async () => JSON.parse(await bodyText(await transport!.send(apiRequest("/x"))));
    expect(() => transport!.retire({ cert: good.cert, key: "no key" })).toThrow(InputError);
    expect(await again()).toMatchObject({ client: "first" });
    transport!.retire(issue("second"));
    expect(await again()).toMatchObject({ client: "second" });
  });
});

test("an outdated dial that fails fails nobody: whoever waits for it dials with what was renewed", async () => {
  const port = await listen(good);
  const dialling: (() => void)[] = [];
  const dial: Dial = async (...place) => {
    await new Promise<void>((resolve) => dialling.push(resolve));
    return dialTcp(...place);
  };
  transport = createNodeTransport({ server: `https://127.0.0.1:${port}`, ca: other.ca, dial });
  const before = transport.send(apiRequest("/x"));
  transport.retire({ ca: authority.ca });
  const answers = Promise.all([before, transport.send(apiRequest("/x"))]);
  dialling[0]!();
  await Promise.race([answers, vi.waitUntil(() => dialling.length === 2)]);
  dialling[1]!();
  expect((await answers).map(({ status }) => status)).toEqual([200, 200]);
});

describe("settings that cannot be used", () => {
  const bad = (options: Partial<NodeTransportOptions>): unknown => {
    try {
      createNodeTransport({ server: "https://127.0.0.1", ...options });
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect(JSON.stringify(error) + (error as Error).stack).not.toContain("PRIVATE");
      return error;
    }
    throw new Error("accepted");
  };

  test("ca together with insecureSkipTlsVerify is refused", () => {
    expect(bad({ ca: authority.ca, insecureSkipTlsVerify: true })).toMatchObject({ field: "insecureSkipTlsVerify" });
  });

  test.each([
    ["", "nothing"],
    ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "no certificate"],
    ["LS0tLS1CRUdJTg==", "base64 of PEM"],
  ])("ca %j holds %s", (ca) => {
    expect(bad({ ca })).toMatchObject({ field: "ca" });
  });

  test("a key that does not belong to the certificate, is encrypted, or is none", () => {
    const key = createPrivateKey(good.key);
    const locked = { format: "pem", cipher: "aes-128-cbc", passphrase: "hunter2" } as const;
    const old = key.asymmetricKeyType === "ec" ? "sec1" : "pkcs1";
    for (const [given, said] of [
      [selfSigned.key, "Invalid key: it does not belong to cert"],
      [key.export({ ...locked, type: "pkcs8" }), "Invalid key: it is encrypted; decrypt it first"],
      [key.export({ ...locked, type: old }), "Invalid key: it is encrypted; decrypt it first"],
      ["no key", "Invalid cert: it or key is not readable PEM"],
    ] as const) {
      expect(String(bad({ cert: good.cert, key: given }))).toContain(said);
    }
  });

  test("a bundle is used although one of its certificates is not readable", async () => {
    const port = await listen(good);
    const junk = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    const ca = new TextEncoder().encode(`comment\n${junk}\n${other.ca}${authority.ca}`);
    expect(await ask({ server: `https://127.0.0.1:${port}`, ca })).toEqual({ sni: false });
  });

  test("a certificate and its key must fit", () => {
    const stranger = other.issue();
    expect(bad({ cert: good.cert })).toMatchObject({ field: "key" });
    expect(bad({ key: good.key })).toMatchObject({ field: "cert" });
    expect(bad({ cert: good.cert, key: stranger.key })).toMatchObject({ field: "key" });
    expect(bad({ cert: good.key, key: good.key })).toMatchObject({ field: "cert" });
    expect(bad({ cert: good.cert, key: good.cert })).toMatchObject({ field: "cert" });
  });
});
