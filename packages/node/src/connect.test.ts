import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiRequest, type ApiResponse, type MetricsSink, sourceOf, type Transport } from "@kubewright/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refusal } from "../../../test/support/api-request.ts";
import { answer, startRawH1Server } from "../../../test/support/raw-h1-server.ts";
import { recordingTransport } from "../../../test/support/recording-transport.ts";
import { createAuthority } from "../../../test/support/certificates.ts";
import { connect, connectOnUse } from "./connect.ts";
import type { ConnectOptions } from "./settings/connect-options.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubewright-connect-"));
  vi.stubEnv("KUBECONFIG", undefined);
  vi.stubEnv("HOME", folder);
  vi.stubEnv("KUBERNETES_SERVICE_HOST", undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

interface Recorder {
  readonly transport: Transport;
  readonly requests: ApiRequest[];
}

function recorder(answer: (request: ApiRequest) => number = () => 200, server = "https://cluster.test"): Recorder {
  const requests: ApiRequest[] = [];
  const send = async (request: ApiRequest): Promise<ApiResponse> => {
    requests.push(request);
    const body = [new TextEncoder().encode('{"gitVersion":"v1.36.3"}')];
    return {
      status: answer(request),
      headers: { get: (name) => (name === "content-type" ? "application/json" : undefined) },
      body: (async function* () {
        yield* body;
      })(),
      discard() {},
    };
  };
  return { requests, transport: { server, send, close: async () => {} } };
}

const failure = (options: unknown): Promise<string> => refusal(connect(options as ConnectOptions));

test("a token stands in every request, user agent and namespace as asked", async () => {
  const { transport, requests } = recorder();
  const cluster = await connect({ transport, token: "t0ken", namespace: "shop" });
  await cluster.version();
  expect(requests[0]?.headers["authorization"]).toEqual(["Bearer t0ken"]);
  expect(requests[0]?.headers["user-agent"]?.[0]).toMatch(/^kubewright\/\d+\.\d+\.\d+ \(\w+\/\w+\) [\w.-]+$/);
  expect(cluster.namespace).toBe("shop");
});

test("the user's interceptors stand outside the credentials", async () => {
  const { transport, requests } = recorder();
  const seen: (readonly string[] | undefined)[] = [];
  const cluster = await connect({
    transport,
    token: "t0ken",
    interceptors: [
      (next) => (request) => {
        seen.push(request.headers["authorization"]);
        return next(request);
      },
    ],
  });
  await cluster.version();
  expect(seen).toEqual([undefined]);
  expect(requests).toHaveLength(1);
});

test("after a 401 a token function is asked again, once, and the request replayed", async () => {
  let tokens = 0;
  const { transport, requests } = recorder((request) =>
    request.headers["authorization"]?.[0] === "Bearer t2" ? 200 : 401,
  );
  const cluster = await connect({ transport, token: () => `t${++tokens}` });
  await cluster.version();
  await cluster.version();
  expect(requests.map((request) => request.headers["authorization"]?.[0])).toEqual([
    "Bearer t1",
    "Bearer t2",
    "Bearer t2",
  ]);
});

test("a token that stays refused is one 401 for the caller, and no storm", async () => {
  const fetch = vi.fn<() => string>(() => "same");
  const { transport, requests } = recorder(() => 401);
  const cluster = await connect({ transport, token: fetch });
  for (let i = 0; i < 5; i++) await expect(cluster.version()).rejects.toThrow("Unauthorized");
  expect(requests).toHaveLength(5);
  expect(fetch).toHaveBeenCalledTimes(2);
});

test("tokens that are new each time and refused each time do not make a storm either", async () => {
  let tokens = 0;
  const { transport, requests } = recorder(() => 401);
  const cluster = await connect({ transport, token: () => `t${++tokens}` });
  for (let i = 0; i < 5; i++) await expect(cluster.version()).rejects.toThrow("Unauthorized");
  expect(tokens).toBe(2);
  expect(requests).toHaveLength(6);
});

test.each<[string, ConnectOptions, string]>([
  ["another attempt", {}, "ConnectionError: Closed: "],
  ["its turn", { rateLimit: { qps: 0.01, burst: 1 } }, "ConnectionError: Closed: "],
  [
    "a token function",
    { token: () => new Promise<string>(() => {}) },
    "AuthError: No token: the connection was closed",
  ],
])("close() ends what waits for %s", async (_, options, message) => {
  const refusal = answer("{}", ["Retry-After: 50"]).replace("200 OK", "429 Too Many Requests");
  const server = await startRawH1Server((socket) => void socket.write(refusal));
  const cluster = await connect({ server: server.origin, ...options });
  const calls = [cluster.version(), cluster.version()].map((call) => call.catch((error: unknown) => String(error)));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await cluster.close();
  const began = Date.now();
  for (const outcome of await Promise.all(calls)) expect(outcome).toContain(message);
  expect(Date.now() - began).toBeLessThan(20_000);
  await server.close();
});

test("credentials never travel over plain http beyond this machine", async () => {
  expect(await failure({ server: "http://10.0.0.1:8080", token: "t" })).toContain("ConfigError: Insecure server");
  expect(await failure({ transport: recorder(undefined, "http://example.test").transport, token: "t" })).toContain(
    "Insecure server",
  );
  const { transport, requests } = recorder(undefined, "http://127.0.0.1:8001");
  await (await connect({ transport, token: "t" })).version();
  expect(requests[0]?.headers["authorization"]).toEqual(["Bearer t"]);
});

test("wrong options are InputErrors that name the field and the mend", async () => {
  expect(await failure({ tokn: "x" })).toBe(
    "InputError: Invalid tokn: connect() has no such option; did you mean token?",
  );
  expect(await failure({ kubeConfig: "x" })).toContain("did you mean kubeconfig?");
  for (const other of ["kubeconfig", "kubeconfigText", "context", "server"])
    expect(await failure({ inCluster: true, [other]: "x" })).toContain(
      `Invalid inCluster: it cannot be combined with ${other}`,
    );
});

test.each([
  ["skipTLSVerify", "insecureSkipTlsVerify"],
  ["caData", "ca, the PEM text"],
  ["certFile", "cert, the PEM text"],
  ["keyData", "key, the PEM text"],
  ["username", "basicAuth: {"],
  ["impersonateUser", "impersonate: {"],
  ["currentContext", "write context"],
  ["loadFromFile", "write kubeconfig, the path"],
  ["loadFromString", "write kubeconfigText"],
  ["loadFromCluster", "write inCluster: true"],
  ["loadFromDefault", "leave it out"],
  ["certificate-authority-data", "ca, the PEM text"],
  ["BearerTokenFile", "token"],
  ["QPS", "rateLimit: { qps, burst }"],
])("%s, as it is called elsewhere, is told as what it is called here", async (name, fix) => {
  const said = await failure({ [name]: "x" });
  expect(said).toContain(`Invalid ${name}: connect() has no such option; `);
  expect(said).toContain(fix);
});

test("wrong values are InputErrors that name the field and the fix", async () => {
  expect(await failure({ token: "" })).toContain("Invalid token: it must be text that is not empty");
  expect(await failure({ token: "abc\n" })).toContain("trim what came from a file");
  expect(await failure({ server: "https://a", cert: "-----BEGIN CERTIFICATE-----" })).toContain(
    "Invalid key: cert and key belong together",
  );
  expect(await failure({ server: "https://a", ca: "/etc/ca.crt" })).toContain("read a file first");
  expect(await failure({ server: "ftp://a" })).toContain("Invalid server: its scheme is ftp://");
  expect(await failure({ server: "https://u:p@a" })).toContain("user name or password");
  expect(await failure({ kubeconfig: "a", kubeconfigText: "b" })).toContain("cannot be combined with kubeconfigText");
  expect(await failure({ namespace: "Not A Label" })).toContain("DNS label");
  expect(await failure({ impersonate: { groups: ["a"] } })).toContain("user must name whom to act as");
  expect(await failure({ encoding: { read: "yaml" } })).toContain(
    'Invalid encoding.read: it must be "json" or "protobuf"',
  );
  expect(await failure({ encoding: { reads: "json" } })).toContain(
    "Invalid encoding.reads: there is no such option; did you mean encoding.read?",
  );
  expect(await failure({ encoding: "protobuf" })).toContain("Invalid encoding: it must be an object, not text");
  expect(await failure(null)).toContain("connect() takes an object of options");
});

const protobufType = "application/vnd.kubernetes.protobuf";

/** A field of a message, by hand: its number, its length, and what it holds. */
function field(number: number, content: string | readonly number[]): readonly number[] {
  const bytes = typeof content === "string" ? [...new TextEncoder().encode(content)] : content;
  return [(number << 3) | 2, bytes.length, ...bytes];
}

test.each(["connect", "connectOnUse"])("%s: protobuf is asked for and read as the options say", async (how) => {
  // k8s.io/apimachinery pkg/apis/meta/v1/generated.proto: Status.message is 3, Status.reason is 4.
  const kind = [...field(1, "v1"), ...field(2, "Status")];
  const status = [...field(1, kind), ...field(2, [...field(3, "there are none"), ...field(4, "NotFound")])];
  const transport = recordingTransport(({ headers }) =>
    headers["accept"]?.join().includes(protobufType)
      ? {
          status: 404,
          headers: { "content-type": protobufType },
          body: Uint8Array.from([0x6b, 0x38, 0x73, 0, ...status]),
        }
      : { json: { metadata: {}, items: [] } },
  );
  const open = (options: ConnectOptions) => (how === "connect" ? connect(options) : connectOnUse(options));
  const podsOf = async (encoding: ConnectOptions["encoding"]) =>
    (await open({ transport, token: "t", encoding })).resource(pods).in("home");
  await (await podsOf({ read: "json" })).list();
  await (await podsOf({ write: "protobuf" })).get("a");
  const asked = await podsOf({ read: "protobuf" });
  for (const call of [() => asked.list(), () => asked.get("a")])
    expect(await refusal(call())).toMatch(/^StatusError: NotFound: there are none/);
  const unsaid = await podsOf(undefined);
  expect(await refusal(unsaid.list())).toMatch(/^StatusError: NotFound: there are none/);
  await unsaid.get("a");
});

const pods = { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true } as const;

test("without any configuration the error says what was looked for and what to pass", async () => {
  const message = await failure({});
  expect(message).toContain("ConfigError: No configuration: KUBECONFIG is not set");
  expect(message).toContain(join(folder, ".kube", "config"));
  expect(message).toContain("this is not a pod");
  expect(message).toContain("pass `kubeconfig`");
});

test("a kubeconfig in a file gives context, namespace, token and impersonation", async () => {
  const file = join(folder, "config");
  await writeFile(
    file,
    `
apiVersion: v1
kind: Config
current-context: shop
clusters: [{ name: one, cluster: { server: "https://10.0.0.1:6443/prefix/" } }]
users: [{ name: me, user: { token: abc, as: jane, as-groups: [a, b], as-user-extra: { Scopes: [x] } } }]
contexts: [{ name: shop, context: { cluster: one, user: me, namespace: shop } }]
`,
  );
  const { transport, requests } = recorder();
  const cluster = await connect({ transport, kubeconfig: file });
  await cluster.version();
  expect(cluster.namespace).toBe("shop");
  expect(requests[0]?.headers).toMatchObject({
    authorization: ["Bearer abc"],
    "impersonate-user": ["jane"],
    "impersonate-group": ["a", "b"],
    "impersonate-extra-%53copes": ["x"],
  });
});

test("no error shows the token", async () => {
  const canary = "canary-11aa";
  const text = `{"clusters":[{"name":"c","cluster":{"server":"http://10.0.0.1"}}],"users":[{"name":"u","user":{"token":"${canary}"}}],"contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],"current-context":"x"}`;
  for (const broken of [text, text.replace("}]", "}"), `token: ${canary}\n  bad: [`]) {
    expect(await failure({ kubeconfigText: broken })).not.toContain(canary);
  }
});

test("a plugin that brings only a certificate cannot speak through a transport of the caller's own", async () => {
  const authority = createAuthority();
  const { cert, key } = authority.issue({ purpose: "clientAuth" });
  authority.remove();
  const apiVersion = "client.authentication.k8s.io/v1";
  const status = { clientCertificateData: cert, clientKeyData: key };
  await writeFile(join(folder, "answer.json"), JSON.stringify({ apiVersion, kind: "ExecCredential", status }));
  const exec = { apiVersion, command: "cat", args: [join(folder, "answer.json")], interactiveMode: "Never" };
  const kubeconfigText = JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server: "https://cluster.test" } }],
    users: [{ name: "u", user: { exec } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });
  const { transport, requests } = recorder();
  const cluster = await connect({ kubeconfigText, transport });
  await expect(cluster.version()).rejects.toThrow("Unusable certificate: ");
  expect(requests).toEqual([]);
});

test("metrics: every attempt, its turn, what was sent again and what came", async () => {
  const server = await startRawH1Server((socket) => {
    const refused = server.requests.length === 1;
    const text = answer("{}", refused ? ["Retry-After: 0"] : ["Content-Type: application/json"]);
    socket.write(refused ? text.replace("200 OK", "429 Too Many Requests") : text);
  });
  const seen: unknown[] = [];
  const sink: MetricsSink = {
    count: (name, labels) => seen.push([name, labels]),
    observe: (name, _value, labels) => seen.push([name, labels]),
  };
  const cluster = await connect({ server: server.origin, rateLimit: { qps: 1000 }, metrics: sink });
  // What measures above single requests finds it too, and no request is counted twice.
  const nodes = { group: "", version: "v1", plural: "nodes", kind: "Node", namespaced: false } as const;
  expect(sourceOf(cluster.resource(nodes)).connection.metrics).toBe(sink);
  await cluster.version();
  await cluster.close();
  await server.close();
  const host = `127.0.0.1:${server.port}`;
  const at = { verb: "GET", host };
  expect(seen).toEqual([
    ["rest_client_rate_limiter_duration_seconds", at],
    ["rest_client_request_duration_seconds", at],
    ["rest_client_requests_total", { code: "429", method: "GET", host }],
    ["rest_client_rate_limiter_duration_seconds", at],
    ["rest_client_request_duration_seconds", at],
    ["rest_client_requests_total", { code: "200", method: "GET", host }],
    ["rest_client_request_retries_total", { code: "200", ...at }],
    ["rest_client_response_size_bytes", at],
  ]);
});
