import type { ApiRequest, ApiResponse, Transport } from "@kubewright/core";
import { expect, test, vi } from "vitest";
import { connect, connectOnUse } from "./connect.ts";
import type { ConnectOptions } from "./settings/connect-options.ts";

// What connect() adds to a call that brings a token, and what not. Who the call is then, the API server says in test/e2e.

function recorder(answer: (request: ApiRequest) => number = () => 200, server = "https://cluster.test") {
  const requests: ApiRequest[] = [];
  const send = async (request: ApiRequest): Promise<ApiResponse> => {
    requests.push(request);
    return {
      status: answer(request),
      headers: { get: (name) => (name === "content-type" ? "application/json" : undefined) },
      body: (async function* () {
        yield new TextEncoder().encode('{"gitVersion":"v1.36.3"}');
      })(),
      discard() {},
    };
  };
  const transport: Transport = { server, send, close: async () => {} };
  return { requests, transport };
}

const kubeconfig = (user: object): ConnectOptions => ({
  kubeconfigText: JSON.stringify({
    "current-context": "c",
    clusters: [{ name: "c", cluster: { server: "https://cluster.test" } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user }],
  }),
});
const plugin = { apiVersion: "client.authentication.k8s.io/v1", command: "/not/there", interactiveMode: "Never" };
const login = {
  name: "oidc",
  config: { "idp-issuer-url": "https://login.test", "client-id": "a", "id-token": "x.y.z" },
};

test.each<[string, ConnectOptions]>([
  ["nobody", {}],
  ["a token", { token: "hunter2" }],
  ["a token function", { token: () => Promise.reject(new Error("it is not asked")) }],
  ["user and password", { basicAuth: { username: "jane", password: "hunter2" } }],
  ["a token file", kubeconfig({ tokenFile: "/not/there" })],
  ["a credential plugin", kubeconfig({ exec: plugin })],
  ["a login", kubeconfig({ "auth-provider": login })],
  ["somebody impersonated", { token: "hunter2", impersonate: { user: "joe", groups: ["g"] } }],
  ["somebody impersonated by the kubeconfig", kubeconfig({ token: "hunter2", as: "joe", "as-groups": ["g"] })],
])("a connection as %s adds nothing of its own to a call with a token", async (_, options) => {
  for (const make of [connect, connectOnUse]) {
    const { transport, requests } = recorder();
    const cluster = await make({ ...options, transport });
    await cluster.version({ token: "canary-of-the-call" });
    await cluster.request({ path: "/version", headers: { AUTHORIZATION: "Bearer canary-of-the-call" } });
    await cluster.version({ token: "canary-of-the-call", impersonate: { user: "ann" } });
    const sent = requests.map(({ headers, ownCredential }) => [
      ownCredential,
      headers["authorization"],
      headers["impersonate-user"],
      headers["impersonate-group"],
    ]);
    const own = [true, ["Bearer canary-of-the-call"]];
    expect(sent).toEqual([
      [...own, undefined, undefined],
      [...own, undefined, undefined],
      [...own, ["ann"], undefined],
    ]);
  }
});

test("after its 401 nothing is renewed, and it is sent once", async () => {
  const token = vi.fn<() => string>(() => "t");
  const { transport, requests } = recorder(() => 401);
  const cluster = await connect({ transport, token });
  await expect(cluster.version({ token: "canary" })).rejects.toThrow("Unauthorized");
  expect(requests).toHaveLength(1);
  expect(token).not.toHaveBeenCalled();
});

test("it is measured, limited and retried like any other call", async () => {
  let answers = 0;
  const { transport, requests } = recorder(() => (++answers === 1 ? 503 : 200));
  const counted: string[] = [];
  const onTurn = vi.fn<(name: string) => void>();
  const busy: Transport = {
    ...transport,
    send: async (request) => {
      const response = await transport.send(request);
      const get = (name: string): string | undefined =>
        name === "retry-after" && response.status === 503 ? "0" : response.headers.get(name);
      return { ...response, headers: { get } };
    },
  };
  const cluster = await connect({
    transport: busy,
    token: "t",
    rateLimit: { qps: 1000 },
    metrics: { count: (name) => counted.push(name), observe: (name) => onTurn(name) },
  });
  await cluster.version({ token: "canary" });
  expect(requests.map(({ headers }) => headers["authorization"])).toEqual([["Bearer canary"], ["Bearer canary"]]);
  expect(counted.filter((name) => name === "rest_client_requests_total")).toHaveLength(2);
  expect(onTurn.mock.calls.flat()).toContain("rest_client_rate_limiter_duration_seconds");
});

test.each<[string, ConnectOptions]>([
  ["another machine", { server: "http://10.0.0.1:8080" }],
  ["a name", { transport: recorder(undefined, "http://example.test").transport }],
  ["this machine as a proxy sees it", { server: "http://127.0.0.1:8001", proxyUrl: "http://127.0.0.1:1" }],
])("over plain http to %s no token of a call is sent, whoever brings it", async (_, options) => {
  const authorization = ["Bearer canary"];
  const cluster = await connect(options);
  const intercepted = await connect({
    ...options,
    interceptors: [(next) => (request) => next({ ...request, headers: { ...request.headers, authorization } })],
  });
  const refused = {
    name: "ConfigError",
    message: expect.stringMatching(/^Insecure server: http:.* \(get \/version\)$/),
  };
  await expect(cluster.version({ token: "canary" })).rejects.toMatchObject(refused);
  await expect(cluster.request({ path: "/version", token: "canary" })).rejects.toMatchObject(refused);
  await expect(
    cluster.request({ path: "/version", headers: { authorization: "Bearer canary" } }),
  ).rejects.toMatchObject(refused);
  await expect(intercepted.version()).rejects.toMatchObject(refused);
});

test("over plain http to this machine it is", async () => {
  const { transport, requests } = recorder(undefined, "http://127.0.0.1:8001");
  await (await connect({ transport })).version({ token: "canary" });
  expect(requests[0]?.headers["authorization"]).toEqual(["Bearer canary"]);
});
