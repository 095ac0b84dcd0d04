import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trace } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { connect, parseManifest, type ConnectOptions } from "kubewright";
import { secretData, secretText, type Interceptor } from "@kubewright/core";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../support/certificates.ts";
import { startHandlerServer, type HandlerServer, type Reply } from "../support/handler-server.ts";
import { canary, searchForLeaks, type LeakSearch } from "./leaks.ts";
import { startRawH1Server } from "../support/raw-h1-server.ts";
import { startHttpProxy } from "../support/proxies.ts";

// Secrets are planted wherever a user or a server can put one; then everything goes wrong that can. What anybody could see of it is
// searched: errors with stacks, causes and hidden properties, consoles, warnings, metrics, spans, inspected connections.

let folder: string;
let authority: TestAuthority;
let stranger: TestAuthority;
let serving: CertifiedKey;
let clientPair: CertifiedKey;
let search: LeakSearch;
const spans = new InMemorySpanExporter();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubewright-secrets-"));
  authority = createAuthority();
  stranger = createAuthority("Stranger");
  serving = authority.issue();
  clientPair = authority.issue({ commonName: "jane", purpose: "clientAuth" });
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
});

afterAll(async () => {
  trace.disable();
  authority.remove();
  stranger.remove();
  await rm(folder, { recursive: true });
});

const onProcessWarning = (warning: Error): void => search.look("process warning", warning);

beforeEach(() => {
  search = searchForLeaks();
  search.secret("client key", clientPair.key);
  search.secret("admin's token", inject("controlPlane").admin.token);
  for (const method of ["debug", "error", "info", "log", "trace", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...texts: unknown[]) => search.look(`console.${method}`, texts));
  }
  process.on("warning", onProcessWarning);
});

afterEach(() => {
  vi.restoreAllMocks();
  process.off("warning", onProcessWarning);
});

/** Measures, traces and logs whatever a program can hook into. */
function watched(options: ConnectOptions): ConnectOptions {
  const log: Interceptor = (next) => async (request) => {
    // Bodies, queries and a call's own token are what the caller said; other credentials are added behind the interceptors.
    const { body: _body, query: _query, ...head } = request;
    const { authorization, ...headers } = head.headers;
    expect(authorization === undefined).toBe(head.ownCredential !== true);
    search.look("request in an interceptor", { ...head, headers }, 10);
    const response = await next(request);
    search.look("response in an interceptor", response, 10);
    return response;
  };
  return {
    onWarning: (warning) => search.look("warning", warning),
    metrics: {
      count: (name, labels) => search.look("metric", { name, labels }),
      observe: (name, value, labels) => search.look("metric", { name, value, labels }),
      gauge: (name, read) => search.look("metric", { name, value: read() }),
    },
    tracing: true,
    interceptors: [log],
    timeoutMs: 1000,
    ...options,
  };
}

/** Tries something that fails; what it fails with is looked at. */
async function failing(where: string, work: () => unknown): Promise<void> {
  let outcome: unknown;
  try {
    outcome = await work();
  } catch (error) {
    search.look(where, error);
    return;
  }
  throw new Error(`${where}: did not fail, but gave ${typeof outcome}`);
}

function expectNoLeaks(atLeast: number): void {
  for (const { name, attributes, events, status } of spans.getFinishedSpans()) {
    search.look("span", { name, attributes, events, status });
  }
  spans.reset();
  expect(search.looked).toBeGreaterThan(atLeast);
  expect(search.hits()).toEqual([]);
}

/** A server whose answers are what a path asks for; every body holds a canary, beside the words in which it refuses: those reach people. */
async function startBadServer(protocol: "h2" | "https"): Promise<HandlerServer> {
  const json = { "content-type": "application/json" };
  const body = canary("body");
  const answers: Readonly<Record<string, (reply: Reply) => void>> = {
    fine: (reply) => (reply.head(200, json), reply.end(JSON.stringify({ kind: "Secret", data: { body } }))),
    html: (reply) => (reply.head(200, { "content-type": "text/html" }), reply.end(`<title>${body}</title>`)),
    text: (reply) => (reply.head(500, { "content-type": "text/plain" }), reply.end(`I cannot take Bearer ${body}`)),
    broken: (reply) => (reply.head(200, json), reply.end(`{"data": ${body}`)),
    "broken-error": (reply) => (reply.head(503, json), reply.end(`{"data": "${body}`)),
    "other-error": (reply) => (reply.head(500, json), reply.end(JSON.stringify({ error: "no", data: body }))),
    list: (reply) => (reply.head(200, json), reply.end(`["${body}"]`)),
    redirect: (reply) => (
      reply.head(302, { location: `https://u:${body}@sso.test/login?token=${body}#${body}` }),
      reply.end(body)
    ),
    gzip: (reply) => (reply.head(200, { ...json, "content-encoding": "gzip" }), reply.end(body)),
    encoding: (reply) => (reply.head(200, { ...json, "content-encoding": "br" }), reply.end(body)),
    unauthorized: (reply) => (reply.head(401, json), reply.end(JSON.stringify({ token: body }))),
    slow: (reply) => (reply.head(200, json), reply.write(`{"data": "${body}`)),
    silent: () => {},
  };
  return startHandlerServer(
    protocol,
    (request, reply) => {
      const name = request.path.split("/").at(-1) ?? "";
      if (request.query.includes("watch=1")) {
        reply.head(200, json);
        reply.end(`{"type":"ADDED","object":{"metadata":{"name":"a"},"data":{"a":"${body}"}}}\nnot JSON: ${body}\n`);
      } else if (name === "reset") request.destroyConnection();
      else (answers[name] ?? answers["fine"])?.(reply);
    },
    serving,
  );
}

const modes = [
  "html",
  "text",
  "broken",
  "broken-error",
  "other-error",
  "list",
  "redirect",
  "gzip",
  "encoding",
  "unauthorized",
  "slow",
  "silent",
  "reset",
];

/** Makes a connection, uses it and breaks it in every way. */
async function breakEverything(kind: string, options: ConnectOptions, server: HandlerServer): Promise<void> {
  const reach = { server: server.origin, ca: authority.ca };
  await using cluster = await connect(watched({ ...reach, ...options }));
  const secrets = cluster.api(CoreV1).secrets.in("home");
  await secrets.get("fine");
  for (const mode of modes) await failing(`${kind}, ${mode}`, () => secrets.get(mode, { timeoutMs: 80 }));
  const token = canary("call-token");
  for (const mode of ["text", "broken", "redirect", "unauthorized", "silent", "reset"])
    await failing(`${kind}, ${mode} with a token of its own`, () => secrets.get(mode, { token, timeoutMs: 80 }));
  await failing(`${kind}, a token of two lines`, () => secrets.get("fine", { token: `${token}\n` }));
  await failing(`${kind}, token and header`, () =>
    cluster.request({ path: "/text", token, headers: { authorization: canary("header") } }),
  );
  const stream = secrets.watch();
  await failing(`${kind}, watch`, async () => {
    for await (const _ of stream);
  });
  const data = { a: canary("write") };
  await failing(`${kind}, create`, () =>
    secrets.update({ metadata: { name: "text", resourceVersion: "1" }, stringData: data }),
  );
  await failing(`${kind}, apply`, () =>
    secrets.apply({ metadata: { name: "text" }, stringData: data }, { fieldManager: "me" }),
  );
  await failing(`${kind}, patch`, () => secrets.patch("text", { merge: { stringData: data } }));
  await failing(`${kind}, header`, () =>
    cluster.request({ path: "/text", headers: { authorization: `${canary("header")}\n` } }),
  );
  await failing(`${kind}, body`, () =>
    cluster.request({ method: "POST", path: "/text", query: { token: canary("query") }, body: canary("raw") }),
  );
  await failing(`${kind}, path`, () => cluster.request({ path: `/text?token=${canary("path")}` }));
  search.look(`${kind}, cluster`, cluster, 10);
  search.look(`${kind}, group`, cluster.api(CoreV1), 10);
  search.look(`${kind}, stream`, stream, 10);
  await cluster.close();
  await failing(`${kind}, closed`, () => secrets.get("fine"));

  const to = (change: ConnectOptions): (() => Promise<unknown>) => {
    return async () => {
      await using other = await connect(watched({ ...reach, ...options, ...change }));
      await other.version();
    };
  };
  await failing(`${kind}, refused connection`, to({ server: "https://127.0.0.1:1" }));
  await failing(`${kind}, wrong authority`, to({ ca: stranger.ca }));
  await failing(`${kind}, wrong name`, to({ tlsServerName: "other.test" }));
  if (!kind.startsWith("token")) return;
  await failing(`${kind}, no such host`, to({ server: "https://no-such-host.invalid" }));
  await failing(`${kind}, not TLS`, to({ server: server.origin.replace("https", "http"), timeoutMs: 100 }));
}

test("the search finds a secret wherever it stands, also in parts and in base64", () => {
  const secret = canary("control");
  const key = clientPair.key.split("\n")[1] ?? "";
  const hidden = Object.defineProperty({}, "hidden", { value: { deep: [secret] } });
  const places: unknown[] = [
    secret.slice(0, 12),
    new Error("a", { cause: new Error(secret) }),
    hidden,
    new Map([[1, new Set([secret])]]),
    { header: `Basic ${Buffer.from(`jane:${secret}`).toString("base64")}` },
    { header: `Basic ${Buffer.from(`jan:${secret}`).toString("base64")}` },
    { header: `Basic ${Buffer.from(`ja:${secret}`).toString("base64")}` },
    new AggregateError([new Error(secret)]),
    { rawPacket: Buffer.from(`HTTP/1.1 ${secret}`) },
    Buffer.from(secret).toJSON(),
    key,
    Buffer.from(clientPair.key).toString("base64"),
    { toJSON: () => secret },
  ];
  for (const place of places) {
    const one = searchForLeaks();
    one.secret("client key", clientPair.key);
    one.look("control", place);
    expect(one.hits(), String(place)).not.toEqual([]);
  }
});

/** A kubeconfig of one context, as JSON. */
function kubeconfigOf(user: object, cluster: object = {}): string {
  return JSON.stringify({
    "current-context": "c",
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1", ...cluster } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user }],
  });
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const apiVersion = "client.authentication.k8s.io/v1";

/** A plugin that prints `output`; its arguments and environment hold secrets too. */
async function plugin(name: string, output: string, exit = 0): Promise<object> {
  const file = join(folder, `${name}.sh`);
  await writeFile(`${file}.out`, output);
  await writeFile(file, `#!/bin/sh\ncat "${file}.out"\nexit ${exit}\n`, { mode: 0o700 });
  const env = [{ name: "PASSWORD", value: canary("plugin-env") }];
  return {
    exec: { apiVersion, command: file, args: ["--password", canary("plugin-argument")], env, interactiveMode: "Never" },
  };
}

const answer = (status: object): string => JSON.stringify({ apiVersion, kind: "ExecCredential", status });

const oidc = (url: string, more: object = {}): object => ({
  "auth-provider": {
    name: "oidc",
    config: {
      "idp-issuer-url": url,
      "idp-certificate-authority-data": base64(authority.ca),
      "client-id": "kubewright",
      "client-secret": canary("client-secret"),
      "id-token": canary("id-token"),
      "refresh-token": canary("refresh-token"),
      ...more,
    },
  },
});

describe("every kind of credential, through every kind of failure", () => {
  let server: HandlerServer;
  let oldServer: HandlerServer;
  beforeAll(async () => {
    [server, oldServer] = [await startBadServer("h2"), await startBadServer("https")];
  });
  afterAll(() => Promise.all([server.close(), oldServer.close()]));

  test("credentials given as options show nowhere", async () => {
    await breakEverything("token", { token: canary("token") }, server);
    await breakEverything("token function", { token: () => canary("token-function") }, server);
    await breakEverything("basic", { basicAuth: { username: "jane", password: canary("password") } }, server);
    await breakEverything("certificate", { ...clientPair, protocol: "http/1.1" }, oldServer);
    const proxy = await startHttpProxy();
    const proxyUrl = `http://jane:${canary("proxy")}@${proxy.hostPort}`;
    await breakEverything("proxy", { token: canary("token"), proxyUrl }, server);
    await proxy.close();
    expectNoLeaks(1000);
  });

  test("credentials from kubeconfigs and their files show nowhere", async () => {
    const at = (name: string): string => join(folder, name);
    await writeFile(at("token"), canary("token-file"));
    await writeFile(at("client.crt"), clientPair.cert);
    await writeFile(at("client.key"), clientPair.key);
    const expired = new Date(Date.now() - 1000).toISOString();
    const users: Readonly<Record<string, object>> = {
      token: { token: canary("token") },
      tokenFile: { tokenFile: at("token") },
      basic: { username: "jane", password: canary("password") },
      "certificate data": {
        "client-certificate-data": base64(clientPair.cert),
        "client-key-data": base64(clientPair.key),
      },
      "certificate files": { "client-certificate": at("client.crt"), "client-key": at("client.key") },
      "plugin's token": await plugin("token", answer({ token: canary("exec-token"), expirationTimestamp: expired })),
      "plugin's certificate": await plugin(
        "certificate",
        answer({ clientCertificateData: clientPair.cert, clientKeyData: clientPair.key }),
      ),
      oidc: oidc(server.origin),
    };
    for (const [kind, user] of Object.entries(users)) {
      const kubeconfigText = kubeconfigOf(user, {
        server: server.origin,
        "certificate-authority-data": base64(authority.ca),
      });
      await breakEverything(kind, { kubeconfigText, server: undefined, ca: undefined }, server);
    }
    expectNoLeaks(2000);
  });
});

test("credential plugins and logins that fail show no credential", async () => {
  const mark = canary("output");
  const outputs: Readonly<Record<string, [output: string, exit?: number]>> = {
    "no JSON": [`token: [${mark}`],
    "plain text": [mark],
    "another kind": [JSON.stringify({ kind: mark, apiVersion: mark, token: mark })],
    "another version": [JSON.stringify({ kind: "ExecCredential", apiVersion: mark, status: { token: mark } })],
    "a token with a line break": [answer({ token: `${mark}\n${mark}` })],
    "a token that is a list": [answer({ token: [mark] })],
    "a key without a certificate": [answer({ clientKeyData: clientPair.key })],
    "a certificate that is none": [answer({ clientCertificateData: mark, clientKeyData: clientPair.key })],
    "a key that is none": [answer({ clientCertificateData: clientPair.cert, clientKeyData: mark })],
    "another certificate's key": [answer({ clientCertificateData: serving.cert, clientKeyData: clientPair.key })],
    "a time that is none": [answer({ token: mark, expirationTimestamp: mark })],
    "a failure": [mark, 1],
    "too much": [mark.repeat(100_000)],
  };
  const attempt = async (where: string, user: object): Promise<void> => {
    await failing(where, async () => {
      await using cluster = await connect(watched({ kubeconfigText: kubeconfigOf(user) }));
      await cluster.version();
    });
  };
  for (const [where, [output, exit]] of Object.entries(outputs)) {
    await attempt(`plugin: ${where}`, await plugin("failing", output, exit));
  }
  await attempt("plugin: missing", {
    exec: { ...(await plugin("gone", "")), apiVersion, command: "no-such-plugin", interactiveMode: "Never" },
  });

  const json = { "content-type": "application/json" };
  let said: (reply: Reply) => void = () => undefined;
  const provider = await startHandlerServer(
    "https",
    (request, reply) => {
      if (!request.path.endsWith("/openid-configuration")) return said(reply);
      reply.head(200, json);
      reply.end(JSON.stringify({ token_endpoint: `${provider.origin}/token?client=${canary("endpoint")}` }));
    },
    serving,
  );
  const answers: Readonly<Record<string, (reply: Reply) => void>> = {
    refused: (reply) => (reply.head(400, json), reply.end(JSON.stringify({ error: mark, error_description: mark }))),
    html: (reply) => (reply.head(200, { "content-type": "text/html" }), reply.end(mark)),
    "no ID token": (reply) => (
      reply.head(200, json),
      reply.end(JSON.stringify({ access_token: mark, refresh_token: mark }))
    ),
    redirect: (reply) => (reply.head(302, { location: `https://sso.test/?token=${mark}` }), reply.end()),
    "a token with line breaks": (reply) => (
      reply.head(200, json),
      reply.end(JSON.stringify({ id_token: `${mark}\n${mark}` }))
    ),
  };
  // A JWT that ended long ago, so that it must be refreshed.
  const ended = `${base64("{}")}.${base64(JSON.stringify({ exp: 1, secret: mark }))}.${mark}`;
  try {
    for (const [where, reply] of Object.entries(answers)) {
      said = reply;
      await attempt(`login: ${where}`, oidc(provider.origin, { "id-token": ended }));
    }
    await attempt("login: unreachable", oidc("https://127.0.0.1:1", { "id-token": ended }));
    await attempt("login: no refresh token", oidc(provider.origin, { "id-token": ended, "refresh-token": "" }));
    await attempt(
      "login: wrong authority",
      oidc(provider.origin, { "id-token": ended, "idp-certificate-authority-data": base64(stranger.ca) }),
    );
    expectNoLeaks(200);
  } finally {
    await provider.close();
  }
});

test("answers that are not HTTP show no credential", async () => {
  const mark = canary("packet");
  const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  const answers = [
    `${mark}\r\n\r\n`,
    `HTTP/1.1 200 OK\r\nBad Header: ${mark}\r\n\r\n`,
    `HTTP/1.1 200 OK\r\nX: ${mark.repeat(2000)}\r\n\r\n`,
    `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${mark}`,
    `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n${mark}`,
    `${head}Transfer-Encoding: chunked\r\n\r\n${mark}`,
    `${head}Content-Length: 2\r\n\r\n{}${mark}`,
    `${head}Content-Length: 500\r\n\r\n${mark}`,
  ];
  for (const [index, answer] of answers.entries()) {
    const server = await startRawH1Server((socket) => socket.end(answer));
    await using cluster = await connect(watched({ server: server.origin, token: canary("token"), timeoutMs: 100 }));
    await cluster.request({ path: "/a" }).then(
      async (response) => {
        search.look(`answer ${index}`, response, 10);
        await response.text().catch((error: unknown) => search.look(`answer ${index}, body`, error));
      },
      (error: unknown) => search.look(`answer ${index}`, error),
    );
    await server.close();
  }
  expectNoLeaks(100);
});

test("proxies that fail show no credential", async () => {
  const password = canary("proxy-password");
  const proxy = await startHttpProxy({ login: { username: "jane", password: "another" } });
  try {
    const urls = [
      `http://jane:${password}@${proxy.hostPort}`,
      `http://jane:${password}@127.0.0.1:1`,
      `https://jane:${password}@${proxy.hostPort}`,
      `socks5://jane:${password}@${proxy.hostPort}`,
      `socks5://jane:${password}@no-such-host.invalid:1`,
      `ftp://jane:${password}@proxy.test`,
      `http://jane:${password}@`,
      `http://jane:${password}%ZZ@proxy.test`,
      `jane:${password}@proxy.test:80`,
      `http://jane:${password}@proxy.test:port`,
    ];
    for (const proxyUrl of urls) {
      const place = `proxy ${proxyUrl.split(":")[0] ?? ""}`;
      const token = canary("token");
      const attempt = async (options: ConnectOptions): Promise<void> => {
        await using cluster = await connect(watched(options));
        search.look(`${place}, cluster`, cluster, 10);
        await cluster.version();
      };
      await failing(`${place} as option`, () => attempt({ server: "https://127.0.0.1:1", token, proxyUrl }));
      await failing(`${place} in kubeconfig`, () =>
        attempt({ kubeconfigText: kubeconfigOf({ token }, { "proxy-url": proxyUrl }) }),
      );
      vi.stubEnv("HTTPS_PROXY", proxyUrl);
      vi.stubEnv("NO_PROXY", "");
      await failing(`${place} in the environment`, () => attempt({ server: "https://cluster.test", token }));
      vi.unstubAllEnvs();
    }
    expectNoLeaks(200);
  } finally {
    await proxy.close();
  }
});

test("configuration that is wrong shows no credential", async () => {
  const mark = canary("config");
  const bad = `-----BEGIN EC PRIVATE KEY-----\n${base64(mark)}\n-----END EC PRIVATE KEY-----`;
  const reach = { server: "https://127.0.0.1:1", ca: authority.ca };
  const options: readonly object[] = [
    { ...reach, token: `${mark} ${mark}` },
    { ...reach, token: { value: mark } },
    { ...reach, tokn: mark },
    { ...reach, token: mark, basicAuth: { username: "jane", password: mark } },
    { ...reach, basicAuth: { username: `jane:${mark}`, password: mark } },
    { ...reach, basicAuth: { user: "jane", password: mark } },
    { ...reach, basicAuth: `jane:${mark}` },
    { ...reach, cert: clientPair.cert },
    { ...reach, key: clientPair.key },
    { ...reach, cert: clientPair.cert, key: mark },
    { ...reach, cert: clientPair.cert, key: bad },
    { ...reach, cert: clientPair.cert, key: base64(clientPair.key) },
    { ...reach, cert: serving.cert, key: clientPair.key },
    { ...reach, ca: mark },
    { token: mark, server: `https://jane:${mark}@cluster.test` },
    { token: mark, server: "http://cluster.test" },
    { token: mark, server: `https://cluster.test:${mark}` },
    { token: mark, server: `cluster.test ${mark}` },
    // The text where the path belongs.
    { kubeconfig: kubeconfigOf({ token: mark }) },
    { kubeconfig: `apiVersion: v1\nusers: [{ name: a, user: { token: ${mark} } }]` },
    { kubeconfigText: mark },
    { kubeconfigText: `users: [{ name: a, user: { token: "${mark} } }]` },
    { kubeconfigText: `users:\n- name: a\n  user:\n   token: ${mark}\n  ${mark}: [` },
    { kubeconfigText: `users: { token: ${mark} }` },
    { kubeconfigText: `{ "users": [{ "user": { "token": "${mark}" }` },
    { kubeconfigText: `a: &a ${mark}\nb: *${mark}` },
    { kubeconfigText: `a: !!binary ${mark}` },
    { kubeconfigText: `token: ${mark}\ntoken: ${mark}` },
    { kubeconfigText: `a: "\\q${mark}"` },
    { kubeconfigText: `a: ${mark}\0` },
    { kubeconfigText: kubeconfigOf({ token: mark }), untrusted: true },
    {
      kubeconfigText: kubeconfigOf({ token: mark }, { "proxy-url": `http://jane:${mark}@proxy.test` }),
      untrusted: true,
    },
  ];
  for (const [index, option] of options.entries()) {
    await failing(`options ${index}`, async () => {
      await using cluster = await connect(watched(option));
      await cluster.version();
    });
  }
  const users: readonly object[] = [
    { token: `${mark} ${mark}` },
    { token: [mark] },
    { token: mark, username: "jane", password: mark },
    { username: `jane:${mark}`, password: mark },
    { password: [mark] },
    { "client-certificate-data": mark, "client-key-data": mark },
    { "client-certificate-data": base64(clientPair.cert), "client-key-data": mark },
    { "client-certificate-data": base64(clientPair.cert), "client-key-data": base64(bad) },
    { "client-certificate-data": base64(serving.cert), "client-key-data": base64(clientPair.key) },
    { "client-key-data": [base64(clientPair.key)], "client-certificate-data": base64(clientPair.cert) },
    { exec: { apiVersion, command: "plugin", args: mark, interactiveMode: "Never" } },
    { exec: { apiVersion, command: "plugin", args: [{ password: mark }], interactiveMode: "Never" } },
    { exec: { apiVersion, command: "plugin", env: { PASSWORD: mark }, interactiveMode: "Never" } },
    { exec: { apiVersion, command: "plugin", env: [{ name: "A=B", value: mark }], interactiveMode: "Never" } },
    { exec: { apiVersion, command: "plugin", env: [{ name: "A", value: `${mark}\0` }], interactiveMode: "Never" } },
    { exec: { command: "plugin", args: [mark] } },
    { "auth-provider": { name: "gcp", config: { "access-token": mark } } },
    { "auth-provider": { name: "oidc", config: { "id-token": mark } } },
    { "auth-provider": { name: "oidc", config: { "id-token": [mark] } } },
  ];
  for (const [index, user] of users.entries()) {
    await failing(`user ${index}`, async () => {
      await using cluster = await connect(watched({ kubeconfigText: kubeconfigOf(user) }));
      await cluster.version();
    });
  }
  vi.stubEnv("KUBECONFIG", kubeconfigOf({ token: mark }));
  await failing("KUBECONFIG holds the text", () => connect());
  vi.unstubAllEnvs();
  expectNoLeaks(300);
});

test("Secrets in manifests and in values show nowhere", async () => {
  const mark = canary("manifest");
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData:\n`;
  const manifests = [
    `${secret}  a: "${mark}`,
    `${secret}  a: '${mark}\n`,
    `${secret}  a: ${mark}\n b: 1\n`,
    `${secret}  a: ${mark}: ${mark}\n`,
    `${secret}  a: *${mark}\n`,
    `${secret}  a: "\\q${mark}"\n`,
    `${secret}  a: "\\x${mark}"\n`,
    `${secret}  a: |${mark}\n`,
    `${secret}  a: >${mark}\n   b\n`,
    `${secret}  a: %${mark}\n`,
    `${secret}  a: !<${mark} b\n`,
    `${secret}  a: !x!${mark} b\n`,
    `${secret}  a: &${mark} b: c\n`,
    `${secret}  a: 1\n${mark}\n`,
    `${secret}  a: 1\n}${mark}\n`,
    `${secret}  a: @${mark}\n`,
    `${secret}  a: [${mark}\n`,
    `${secret}  a: {${mark}]\n`,
    `${secret}  a: ${mark}\n  ${mark}\n`,
    `${secret}  a: |\n ${mark}\n  ${mark}\n`,
    `${secret}  ? [${mark}]\n  : a\n`,
    `${secret}  <<: ${mark}\n`,
    `${secret}%${mark}\n`,
    `${secret}---${mark}\n`,
    `${secret}  a: ${mark}\0\n`,
    `${secret}  a: 0x${mark}: b\n`,
    `${secret}  a: !!int ${mark}\n`,
    `${secret}  a: !!binary "${mark}"\n`,
    `${secret}\t${mark}\n`,
    `{"apiVersion":"v1","kind":"Secret","stringData":{"a":"${mark}`,
    `["${mark}"]`,
    mark,
    `kind: Secret\nstringData: { a: ${mark} }`,
  ];
  for (const [index, manifest] of manifests.entries()) {
    await failing(`manifest ${index}`, () => parseManifest(manifest));
  }
  await failing("no base64", () => secretText({ data: { a: `%${mark}` } }, "a"));
  await failing("no text", () =>
    secretText({ data: { a: Buffer.from(`${mark}\xff`, "latin1").toString("base64") } }, "a"),
  );
  await failing("half a character", () => secretData({ a: `${mark}\ud800` }));
  expectNoLeaks(100);
});

test("what the real API server refuses shows no credential", async () => {
  const { admin, noRights } = inject("controlPlane");
  await using cluster = await connect(watched({ kubeconfig: admin.kubeconfig, timeoutMs: 10_000 }));
  const namespaces = cluster.api(CoreV1).namespaces;
  const { metadata } = await namespaces.create({ metadata: { generateName: "secrets-" } });
  try {
    const secrets = cluster.api(CoreV1).secrets.in(metadata.name);
    const stringData = { password: canary("body") };
    const data = { password: base64(canary("body")) };
    const made = await secrets.create({ metadata: { name: "a" }, stringData });
    await failing("409 AlreadyExists", () => secrets.create({ metadata: { name: "a" }, stringData }));
    await failing("404", () => secrets.update({ metadata: { name: "none", resourceVersion: "1" }, data }));
    await failing("409 Conflict", () =>
      secrets.update({ ...made, metadata: { ...made.metadata, resourceVersion: "1" }, data }),
    );
    await failing("422 name", () => secrets.create({ metadata: { name: "A" }, stringData }));
    await failing("422 key", () =>
      secrets.create({ metadata: { name: "b" }, stringData: { ...stringData, "bad key!": "x" } }),
    );
    await failing("422 type", () => secrets.create({ metadata: { name: "b" }, type: "kubernetes.io/tls", stringData }));
    await failing("422 docker", () =>
      secrets.create({
        metadata: { name: "b" },
        type: "kubernetes.io/dockerconfigjson",
        stringData: { ".dockerconfigjson": canary("docker") },
      }),
    );
    await failing("400 no base64", () => secrets.create({ metadata: { name: "b" }, data: stringData }));
    await failing("400 strict", () =>
      secrets.create({ metadata: { name: "b" }, stringData, ...{ unknown: 1 } }, { fieldValidation: "Strict" }),
    );
    await failing("400 list for text", () =>
      secrets.create({ metadata: { name: "b" }, stringData: { a: [canary("list")] as unknown as string } }),
    );
    await failing("merge patch", () => secrets.patch("a", { merge: { type: "other", stringData } }));
    await failing("JSON patch", () =>
      secrets.patch("a", { json: [{ op: "test", path: "/data/password", value: canary("test") }] }),
    );
    await failing("strategic patch", () =>
      secrets.patch("a", { strategic: { data: { password: canary("no-base64") } } }),
    );
    await failing("apply conflict", () => secrets.apply({ metadata: { name: "a" }, data }, { fieldManager: "other" }));
    await failing("apply of a stored object", () => secrets.apply(made as never, { fieldManager: "other" }));
    await failing("bound to another namespace", () =>
      secrets.create({ metadata: { name: "b", namespace: "other" }, stringData }),
    );
    const manifest = (name: string) => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace: metadata.name },
      stringData,
    });
    await failing("applyAll", () => cluster.applyAll([manifest("c"), manifest("D")], { fieldManager: "me" }));
    search.look("cluster", cluster, 10);
    search.look("resource", secrets, 10);

    await using stranger = await connect(watched({ kubeconfig: noRights.kubeconfig, timeoutMs: 10_000 }));
    await failing("403", () =>
      stranger
        .api(CoreV1)
        .secrets.in(metadata.name)
        .create({ metadata: { name: "e" }, stringData }),
    );
    await using nobody = await connect(watched({ kubeconfig: admin.kubeconfig, token: canary("token") }));
    await failing("401", () =>
      nobody
        .api(CoreV1)
        .secrets.in(metadata.name)
        .create({ metadata: { name: "e" }, stringData }),
    );
    expectNoLeaks(200);
  } finally {
    await namespaces.delete(metadata.name);
  }
});
