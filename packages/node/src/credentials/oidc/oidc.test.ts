import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiRequest, type ApiResponse, type Transport } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { refusal } from "../../../../../test/support/api-request.ts";
import { createAuthority, type TestAuthority } from "../../../../../test/support/certificates.ts";
import { connect } from "../../connect.ts";
import { parseKubeconfig } from "../../kubeconfig/parse.ts";

let authority: TestAuthority;
let folder: string;
let idp: Server;
let issuer: string;
/** What the provider was asked. */
let asked: {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly form: Record<string, string>;
}[];
/** How it answers. */
let answer: (form: Record<string, string>, authorization: string | undefined) => { status: number; body: unknown };
let discovery: () => { status: number; body: unknown };

beforeAll(() => {
  authority = createAuthority();
});

afterAll(() => authority.remove());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubewright-oidc-"));
  asked = [];
  idp = createServer(authority.issue(), (request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      const { authorization } = request.headers;
      asked.push({ path: request.url ?? "", authorization, form });
      const said = request.method === "GET" ? discovery() : answer(form, authorization);
      response.writeHead(said.status, { "content-type": "application/json" });
      response.end(typeof said.body === "string" ? said.body : JSON.stringify(said.body));
    });
  });
  idp.listen(0, "127.0.0.1");
  await once(idp, "listening");
  issuer = `https://127.0.0.1:${(idp.address() as AddressInfo).port}/realm`;
  discovery = () => ({ status: 200, body: { token_endpoint: `${issuer}/token` } });
  answer = () => ({ status: 200, body: { id_token: idToken("new", 3600), refresh_token: "refresh-2" } });
});

afterEach(async () => {
  idp.closeAllConnections();
  await new Promise((resolve) => idp.close(resolve));
  await rm(folder, { recursive: true });
});

function idToken(subject: string, seconds: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ sub: subject, exp: Math.floor(Date.now() / 1000) + seconds })}.canary`;
}

function subjectOf(request: ApiRequest): string {
  const payload = request.headers["authorization"]?.[0]?.split(".")[1] ?? "";
  return (JSON.parse(Buffer.from(payload, "base64url").toString() || "{}") as { sub?: string }).sub ?? "";
}

async function kubeconfig(fields: Record<string, string>): Promise<string> {
  const config = {
    "idp-issuer-url": issuer,
    "client-id": "kube",
    "idp-certificate-authority-data": Buffer.from(authority.ca).toString("base64"),
    ...fields,
  };
  const file = join(folder, "config");
  const lines = Object.entries(config).map(([key, value]) => `        ${key}: "${value}"`);
  await writeFile(
    file,
    `current-context: a # mine
contexts: [{ name: a, context: { cluster: a, user: a } }]
clusters: [{ name: a, cluster: { server: "https://cluster.test" } }]
users:
- name: a
  user:
    auth-provider:
      name: oidc
      config:
${lines.join("\n")}
`,
  );
  return file;
}

/** An API server that answers what `status` says. */
function apiServer(status: (request: ApiRequest) => number = () => 200): { transport: Transport; subjects: string[] } {
  const subjects: string[] = [];
  const send = async (request: ApiRequest): Promise<ApiResponse> => {
    subjects.push(subjectOf(request));
    return {
      status: status(request),
      headers: { get: (name) => (name === "content-type" ? "application/json" : undefined) },
      body: (async function* () {
        yield new TextEncoder().encode('{"gitVersion":"v1"}');
      })(),
      discard() {},
    };
  };
  return { subjects, transport: { server: "https://cluster.test", send, close: async () => {} } };
}

test("an ID token that lives is used as it is; nobody is asked", async () => {
  const { transport, subjects } = apiServer();
  const cluster = await connect({ kubeconfig: await kubeconfig({ "id-token": idToken("old", 3600) }), transport });
  await cluster.version();
  expect(subjects).toEqual(["old"]);
  expect(asked).toEqual([]);
});

test("an expired one is refreshed once for 1,000 requests, and both tokens are written back", async () => {
  const file = await kubeconfig({
    "id-token": idToken("old", 5),
    "refresh-token": "refresh-1",
    "client-secret": "s/1",
  });
  const { transport, subjects } = apiServer();
  const cluster = await connect({ kubeconfig: file, transport });
  await Promise.all(Array.from({ length: 1000 }, () => cluster.version()));
  expect(new Set(subjects)).toEqual(new Set(["new"]));
  expect(asked).toEqual([
    { path: "/realm/.well-known/openid-configuration", authorization: undefined, form: {} },
    {
      path: "/realm/token",
      authorization: `Basic ${Buffer.from("kube:s%2F1").toString("base64")}`,
      form: { grant_type: "refresh_token", refresh_token: "refresh-1" },
    },
  ]);
  const text = await readFile(file, "utf8");
  expect(text).toContain("current-context: a # mine");
  const { users } = (await parseKubeconfig(text, "")) as {
    users: { user: { "auth-provider": { config: Record<string, string> } } }[];
  };
  expect(users[0]?.user["auth-provider"].config).toMatchObject({
    "refresh-token": "refresh-2",
    "client-secret": "s/1",
    "client-id": "kube",
  });
  expect(users[0]?.user["auth-provider"].config["id-token"]).toContain(".canary");
});

test("a 401 refreshes and replays", async () => {
  const file = await kubeconfig({ "id-token": idToken("old", 3600), "refresh-token": "refresh-1" });
  const { transport, subjects } = apiServer((request) => (subjectOf(request) === "new" ? 200 : 401));
  const cluster = await connect({ kubeconfig: file, transport });
  await cluster.version();
  expect(subjects).toEqual(["old", "new"]);
});

test("a public client, and a provider that takes the client in the form only", async () => {
  const run = async (fields: Record<string, string>): Promise<void> => {
    const file = await kubeconfig({ "refresh-token": "refresh-1", ...fields });
    await (await connect({ kubeconfig: file, transport: apiServer().transport })).version();
  };
  await run({});
  expect(asked.at(-1)).toMatchObject({
    authorization: undefined,
    form: { client_id: "kube", refresh_token: "refresh-1" },
  });
  expect(asked.at(-1)?.form).not.toHaveProperty("client_secret");
  const good = answer;
  answer = (form, authorization) =>
    authorization === undefined ? good(form, authorization) : { status: 401, body: { error: "invalid_client" } };
  await run({ "client-secret": "secret" });
  expect(asked.at(-1)).toMatchObject({
    authorization: undefined,
    form: { client_id: "kube", client_secret: "secret" },
  });
});

test("what another process renewed meanwhile is taken over, not refreshed again", async () => {
  const file = await kubeconfig({ "id-token": idToken("old", 3600), "refresh-token": "used-up" });
  const { transport, subjects } = apiServer((request) => (subjectOf(request) === "old" ? 401 : 200));
  const cluster = await connect({ kubeconfig: file, transport });
  await kubeconfig({ "id-token": idToken("theirs", 3600), "refresh-token": "refresh-9" });
  await cluster.version();
  expect(subjects).toEqual(["old", "theirs"]);
  expect(asked).toEqual([]);
});

test("a text has no file to write to; the new tokens live in the connection", async () => {
  const text = await readFile(await kubeconfig({ "refresh-token": "refresh-1" }), "utf8");
  const { transport, subjects } = apiServer();
  const cluster = await connect({ kubeconfigText: text, transport });
  await cluster.version();
  await cluster.version();
  expect(subjects).toEqual(["new", "new"]);
  expect(asked).toHaveLength(2);
});

test("a text is renewed with the refresh token that came last, and from no file", async () => {
  const text = await readFile(await kubeconfig({ "refresh-token": "refresh-1" }), "utf8");
  vi.stubEnv("KUBECONFIG", await kubeconfig({ "id-token": idToken("theirs", 3600) }));
  let given = 0;
  answer = () => {
    given += 1;
    return { status: 200, body: { id_token: idToken(`new-${given}`, 3600), refresh_token: `refresh-${given + 1}` } };
  };
  const { transport, subjects } = apiServer((request) => (subjectOf(request) === "new-2" ? 200 : 401));
  await (await connect({ kubeconfigText: text, transport })).version();
  vi.unstubAllEnvs();
  expect(subjects).toEqual(["new-1", "new-2"]);
  const forms = asked.filter(({ path }) => path === "/realm/token").map(({ form }) => form["refresh_token"]);
  expect(forms).toEqual(["refresh-1", "refresh-2"]);
});

describe("a login that was taken out of the kubeconfig meanwhile is not put back; the new token is used, with a warning", () => {
  test.each<[string, (text: string) => string]>([
    ["its user is removed", (text) => text.slice(0, text.indexOf("users:"))],
    [
      "its user has a token now",
      (text) => `${text.slice(0, text.indexOf("    auth-provider:"))}    token: canary-static\n`,
    ],
    ["its user logs in elsewhere now", (text) => text.replace("/realm", "/other")],
    ["its user is another client now", (text) => text.replace('client-id: "kube"', 'client-id: "other"')],
  ])("%s", async (_, change) => {
    const file = await kubeconfig({ "refresh-token": "refresh-1" });
    const warnings: string[] = [];
    const { transport, subjects } = apiServer();
    const cluster = await connect({ kubeconfig: file, transport, onWarning: (text) => warnings.push(text) });
    const changed = change(await readFile(file, "utf8"));
    await writeFile(file, changed);
    await cluster.version();
    expect(subjects).toEqual(["new"]);
    expect(await readFile(file, "utf8")).toBe(changed);
    expect(warnings.join()).toContain("The renewed login was not written to the kubeconfig");
  });

  test("the file is removed, also before the second refresh", async () => {
    const file = await kubeconfig({ "refresh-token": "refresh-1" });
    const warnings: string[] = [];
    const { transport, subjects } = apiServer((request) => (subjectOf(request) === "second" ? 200 : 401));
    const cluster = await connect({ kubeconfig: file, transport, onWarning: (text) => warnings.push(text) });
    await rm(file);
    answer = ({ refresh_token }) => {
      const name = refresh_token === "refresh-1" ? "first" : "second";
      return { status: 200, body: { id_token: idToken(name, 3600), refresh_token: "refresh-2" } };
    };
    await cluster.version();
    expect(subjects).toEqual(["first", "second"]);
    expect(await readdir(folder)).toEqual([]);
    expect(warnings.join()).toContain("The renewed login was not written to the kubeconfig");
  });

  test("what another process logged in to anew is taken over and renewed in its place", async () => {
    const file = await kubeconfig({ "id-token": idToken("old", 3600), "refresh-token": "refresh-1" });
    const warnings: string[] = [];
    const { transport, subjects } = apiServer((request) => (subjectOf(request) === "new" ? 200 : 401));
    const cluster = await connect({ kubeconfig: file, transport, onWarning: (text) => warnings.push(text) });
    await kubeconfig({ "client-id": "other", "refresh-token": "refresh-9" });
    await cluster.version();
    expect([subjects, warnings]).toEqual([["old", "new"], []]);
    expect(await readFile(file, "utf8")).toContain("refresh-2");
  });
});

test("when writing back fails the new token is used all the same, with a warning", async () => {
  const file = await kubeconfig({ "refresh-token": "refresh-1" });
  const warnings: string[] = [];
  const { transport, subjects } = apiServer();
  const cluster = await connect({ kubeconfig: file, transport, onWarning: (text) => warnings.push(text) });
  await writeFile(file, "users: {");
  await cluster.version();
  expect(subjects).toEqual(["new"]);
  expect(warnings.join()).toContain("The renewed login could not be written to the kubeconfig");
  expect(warnings.join()).not.toContain("canary");
});

async function failure(fields: Record<string, string> = { "refresh-token": "canary" }): Promise<string> {
  const cluster = await connect({ kubeconfig: await kubeconfig(fields), transport: apiServer().transport });
  return refusal(cluster.version());
}

test("what goes wrong is an AuthError that says what to do and holds no token", async () => {
  expect(await failure({ "id-token": idToken("old", -10) })).toContain("AuthError: Login expired");
  answer = () => ({ status: 400, body: { error: "invalid_grant", error_description: "canary" } });
  expect(await failure()).toMatch(
    /AuthError: Login failed: .* refused the refresh token \(invalid_grant, HTTP 400\); log in again/,
  );
  answer = () => ({ status: 400, body: { error: "canary canary" } });
  expect(await failure()).toContain("refused the refresh token (HTTP 400)");
  answer = () => ({ status: 503, body: {} });
  expect(await failure()).toContain("is out of order (HTTP 503); the login holds, try again later");
  answer = () => ({ status: 200, body: { access_token: "canary" } });
  expect(await failure()).toContain("brought no id_token");
  answer = () => ({ status: 200, body: "x".repeat(2_000_000) });
  expect(await failure()).toContain("is larger than");
  discovery = () => ({ status: 200, body: "<html>canary</html>" });
  expect(await failure()).toContain("does not say where its token_endpoint is (HTTP 200)");
  discovery = () => ({ status: 500, body: {} });
  expect(await failure()).toContain("is out of order (HTTP 500)");
  discovery = () => ({ status: 404, body: {} });
  expect(await failure()).toContain("(HTTP 404)");
  discovery = () => ({ status: 200, body: { token_endpoint: "http://example.test/token" } });
  expect(await failure()).toContain("http://example.test is plain http, over which no tokens are sent");
});

test("the provider is verified: with the system's authorities this one is a stranger", async () => {
  expect(await failure({ "refresh-token": "canary", "idp-certificate-authority-data": "" })).toContain(
    "AuthError: Login failed: UnknownAuthority",
  );
  const other = createAuthority("another");
  const data = Buffer.from(other.ca).toString("base64");
  other.remove();
  expect(await failure({ "refresh-token": "canary", "idp-certificate-authority-data": data })).toContain(
    "UnknownAuthority",
  );
  expect(asked).toEqual([]);
});
