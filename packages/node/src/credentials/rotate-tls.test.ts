import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createSecureServer, type Http2SecureServer, type Http2ServerRequest } from "node:http2";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { type Cluster, ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { apiRequest } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import { connect } from "../connect.ts";
import { rotateTls, tlsSwitch } from "./rotate-tls.ts";
import { Secret } from "../settings/secret.ts";

let authority: TestAuthority;
let other: TestAuthority;
let folder: string;
let server: Http2SecureServer;
let port: number;
/** Whose certificates are accepted. */
let accepted: Set<string>;
/** The common name of each request's certificate; `-` for none. */
let seen: string[];
let connections: number;
let clusters: Cluster[];

beforeAll(() => {
  authority = createAuthority();
  other = createAuthority("other");
});

afterAll(() => {
  authority.remove();
  other.remove();
});

async function listen(identity: CertifiedKey, at = 0): Promise<void> {
  server = createSecureServer({ ...identity, requestCert: true, rejectUnauthorized: false, allowHTTP1: true });
  server.on("secureConnection", (socket: TLSSocket) => {
    connections++;
    socket.on("error", () => {});
    sockets.add(socket);
  });
  // Both protocols have the methods that are used here.
  server.on("request", (request, response) => answer(request, response as unknown as ServerResponse));
  server.listen(at, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
}

const sockets = new Set<TLSSocket>();

async function stop(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => server.close(resolve));
}

function answer(request: IncomingMessage | Http2ServerRequest, response: ServerResponse): void {
  // `socket` of an HTTP/2 request is a proxy that passes this on.
  const socket = ("stream" in request ? request.stream.session?.socket : request.socket) as TLSSocket;
  const name = String(socket.getPeerCertificate().subject?.CN ?? "-");
  seen.push(name);
  const status = accepted.has(name) ? 200 : 401;
  response.writeHead(status, { "content-type": "application/json" });
  if (status === 200 && request.url?.includes("watch=1") === true) {
    response.write('{"type":"ADDED","object":{"metadata":{"name":"first"}}}\n');
    streams.push(response);
    return;
  }
  response.end(
    JSON.stringify(
      status === 200 ? { gitVersion: name } : { kind: "Status", status: "Failure", reason: "Unauthorized", code: 401 },
    ),
  );
}

const streams: ServerResponse[] = [];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  folder = await mkdtemp(join(tmpdir(), "kubewright-rotate-"));
  accepted = new Set(["one", "two"]);
  seen = [];
  connections = 0;
  clusters = [];
  streams.length = 0;
  await listen(authority.issue());
});

afterEach(async () => {
  await Promise.all(clusters.map((cluster) => cluster.close()));
  await stop();
  await rm(folder, { recursive: true });
  vi.useRealTimers();
});

function client(name: string): CertifiedKey {
  return authority.issue({ commonName: name, names: [], purpose: "clientAuth" });
}

async function put(files: Partial<Record<"me.crt" | "me.key" | "ca.crt", string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

async function open(user: string, warnings: string[] = [], protocol: "auto" | "http/1.1" = "auto"): Promise<Cluster> {
  const text = `current-context: a
contexts: [{ name: a, context: { cluster: a, user: a } }]
clusters: [{ name: a, cluster: { server: "https://127.0.0.1:${port}", certificate-authority: ca.crt } }]
users: [{ name: a, user: { ${user} } }]
`;
  await writeFile(join(folder, "config"), text);
  const cluster = await connect({
    kubeconfig: join(folder, "config"),
    protocol,
    onWarning: (warning) => warnings.push(warning),
  });
  clusters.push(cluster);
  return cluster;
}

const inFiles = "client-certificate: me.crt, client-key: me.key";

async function whoAmI(cluster: Cluster): Promise<string | undefined> {
  return (await cluster.version()).gitVersion;
}

describe.each(["auto", "http/1.1"] as const)("over %s", (protocol) => {
  test("a renewed certificate is used within a minute, while a watch on the old connection goes on", async () => {
    const one = client("one");
    await put({ "me.crt": one.cert, "me.key": one.key, "ca.crt": authority.ca });
    const cluster = await open(inFiles, [], protocol);
    expect(await whoAmI(cluster)).toBe("one");
    const widgets = cluster
      .resource({ group: "x.io", version: "v1", plural: "widgets", kind: "Widget", namespaced: true })
      .in("n");
    const events = widgets.watch()[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ type: "ADDED" });

    const two = client("two");
    await put({ "me.crt": two.cert, "me.key": two.key });
    vi.advanceTimersByTime(60_000);
    await Promise.all(Array.from({ length: 20 }, () => whoAmI(cluster)));
    expect(await whoAmI(cluster)).toBe("two");

    streams[0]?.write('{"type":"MODIFIED","object":{"metadata":{"name":"first"}}}\n');
    expect((await events.next()).value).toMatchObject({ type: "MODIFIED" });
    await events.return?.();
  });

  test("a refused certificate is read anew at once and the request sent again", async () => {
    const one = client("one");
    await put({ "me.crt": one.cert, "me.key": one.key, "ca.crt": authority.ca });
    const cluster = await open(inFiles, [], protocol);
    expect(await whoAmI(cluster)).toBe("one");
    accepted = new Set(["two"]);
    const two = client("two");
    await put({ "me.crt": two.cert, "me.key": two.key });
    expect(await Promise.all(Array.from({ length: 50 }, () => whoAmI(cluster)))).toEqual(
      Array.from({ length: 50 }, () => "two"),
    );
  });
});

test("each identity is put to use once: a slow request cannot bring an older one back", () => {
  const retired: unknown[] = [];
  const key = new Secret("k");
  const [first, second, third] = [{ ca: "a" }, { cert: "c2", key }, { cert: "c3", key }];
  const switchTo = tlsSwitch({ retire: (renewed) => retired.push(renewed) }, first, () => {});
  for (const identity of [first, second, third, second, first, third]) switchTo(identity);
  expect(retired).toEqual([
    { ca: "a", cert: "c2", key: "k" },
    { ca: "a", cert: "c3", key: "k" },
  ]);
  switchTo({ ca: "a" });
  expect(retired).toHaveLength(2);
  switchTo({ ca: "b" });
  expect(retired[2]).toEqual({ ca: "b", cert: "c3", key: "k" });
  switchTo({ cert: undefined, key: undefined });
  expect(retired[3]).toEqual({ ca: "b", cert: null, key: null });
});

test("a call with a token of its own is not sent again after a 401, but with authorities that were renewed", async () => {
  const renew = vi.fn<() => Promise<{ ca: string }>>(async () => ({ ca: "renewed" }));
  const switchTo = vi.fn<(identity: { ca?: string | undefined }) => void>();
  const send = rotateTls({ current: async () => ({ ca: "first" }), renew }, switchTo);
  const own = apiRequest("/a", { ownCredential: true, replay: "safe" });
  const answer = (status: number) => ({ status, headers: { get: () => undefined }, body: nothing(), discard() {} });
  let sent = 0;
  expect(await send(async () => answer((sent += 1) && 401))(own)).toMatchObject({ status: 401 });
  expect([sent, renew.mock.calls.length]).toEqual([1, 0]);
  const failing = send(async () => {
    if ((sent += 1) === 2) throw new ConnectionError("UnknownAuthority", { sent: "no", permanent: true });
    return answer(200);
  });
  expect(await failing(own)).toMatchObject({ status: 200 });
  expect([sent, switchTo.mock.lastCall]).toEqual([3, [{ ca: "renewed" }]]);
});

async function* nothing(): AsyncGenerator<Uint8Array> {}

test.each([
  ["that may have been sent", new ConnectionError("Reset", { sent: "maybe" }), 1],
  ["that failed otherwise", new Error("mine"), 1],
  ["that was not sent", new ConnectionError("Refused", { sent: "no" }), 2],
])("a request %s: files that changed meanwhile", async (_what, error, sendings) => {
  const renewed: string[] = [];
  const source = {
    current: async () => ({ ca: "old" }),
    renew: async () => (renewed.push("new"), { ca: "new" }),
  };
  let sent = 0;
  const send = rotateTls(source, () => {})(async () => {
    sent += 1;
    throw error;
  });
  await expect(send(apiRequest("/"))).rejects.toBe(error);
  expect([sent, renewed.length]).toEqual([sendings, sendings - 1]);
});

test("a certificate that stays refused is a 401", async () => {
  const one = client("stranger");
  await put({ "me.crt": one.cert, "me.key": one.key, "ca.crt": authority.ca });
  const cluster = await open(inFiles);
  for (let i = 0; i < 3; i++) await expect(whoAmI(cluster)).rejects.toThrow("Unauthorized");
  expect(seen).toHaveLength(3);
});

test("half a rotation, a new certificate with the old key, changes nothing but a warning", async () => {
  const [one, two] = [client("one"), client("two")];
  await put({ "me.crt": one.cert, "me.key": one.key, "ca.crt": authority.ca });
  const warnings: string[] = [];
  const cluster = await open(inFiles, warnings);
  await whoAmI(cluster);
  await put({ "me.crt": two.cert });
  vi.advanceTimersByTime(60_000);
  expect(await whoAmI(cluster)).toBe("one");
  expect(warnings).toEqual([
    expect.stringContaining("The renewed certificates cannot be used, the old ones stay: Invalid key: "),
  ]);
  await put({ "me.key": two.key });
  vi.advanceTimersByTime(60_000);
  expect(await whoAmI(cluster)).toBe("two");
});

test("files that are gone for a while leave what was read before in use", async () => {
  const one = client("one");
  await put({ "me.crt": one.cert, "me.key": one.key, "ca.crt": authority.ca });
  const warnings: string[] = [];
  const cluster = await open(inFiles, warnings);
  await rm(join(folder, "me.crt"));
  vi.advanceTimersByTime(60_000);
  expect(await whoAmI(cluster)).toBe("one");
  expect(warnings.join()).toContain("me.crt; correct its path in the kubeconfig; what was read before stays in use");
});

test("authorities that were rotated with the server are read anew, and the request sent again", async () => {
  const one = client("one");
  await put({ "me.crt": one.cert, "me.key": one.key, "ca.crt": authority.ca });
  const cluster = await open(inFiles);
  await whoAmI(cluster);
  const at = port;
  await stop();
  await listen(other.issue(), at);
  await expect(whoAmI(cluster)).rejects.toThrow("UnknownAuthority");
  await put({ "ca.crt": authority.ca + other.ca });
  vi.advanceTimersByTime(10_001);
  expect(await whoAmI(cluster)).toBe("one");
});

describe.skipIf(process.platform === "win32")("a plugin", () => {
  const write = async (status: object): Promise<void> => {
    const expirationTimestamp = new Date(Date.now() + 600_000).toISOString();
    const credential = JSON.stringify({
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      status: { ...status, expirationTimestamp },
    });
    await writeFile(join(folder, "plugin"), `#!/bin/sh\ncat <<'END'\n${credential}\nEND\n`);
    await chmod(join(folder, "plugin"), 0o755);
  };
  const certificateOf = (name: string): object => {
    const { cert, key } = client(name);
    return { clientCertificateData: cert, clientKeyData: key };
  };
  const user = "exec: { command: ./plugin, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never }";

  beforeEach(() => put({ "ca.crt": authority.ca }));

  test("brings a certificate, which is used and renewed before it ends", async () => {
    await write(certificateOf("one"));
    const cluster = await open(user);
    expect(await Promise.all(Array.from({ length: 20 }, () => whoAmI(cluster)))).toEqual(
      Array.from({ length: 20 }, () => "one"),
    );
    expect(connections).toBe(1);
    await write(certificateOf("two"));
    expect(await whoAmI(cluster)).toBe("one");
    vi.advanceTimersByTime(599_000);
    expect(await whoAmI(cluster)).toBe("two");
    accepted = new Set(["three"]);
    await write(certificateOf("three"));
    expect(await whoAmI(cluster)).toBe("three");
  });

  test("that goes from a certificate to a token shows the certificate no more, and back", async () => {
    accepted = new Set(["one", "-"]);
    await write(certificateOf("one"));
    const cluster = await open(user);
    expect(await whoAmI(cluster)).toBe("one");
    await write({ token: "t" });
    vi.advanceTimersByTime(599_000);
    expect(await whoAmI(cluster)).toBe("-");
    await write(certificateOf("one"));
    vi.advanceTimersByTime(599_000);
    expect(await whoAmI(cluster)).toBe("one");
  });
});
