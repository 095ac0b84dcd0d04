import { chmod, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, isUnauthorized, type ConnectOptions } from "kubewright";
import type { Cluster } from "@kubewright/core";
import { CoreV1 } from "kubewright/core/v1";
import { FlowcontrolV1 } from "kubewright/flowcontrol/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startControlPlane, type ControlPlane } from "../controlplane/start.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../support/certificates.ts";
import { startOidcIssuer, type OidcIssuer } from "./oidc-issuer.ts";
import { startLoad, type Load, type LoadReport } from "./load.ts";
import { eventually } from "../support/eventually.ts";
import { untilAllowed } from "../support/until-allowed.ts";

// Each kind of credential is replaced while requests and watches are running, and the server stops taking the old one: tokens by
// deleting the Secret they are bound to (the server notices within the ten seconds of its token cache), certificates by their end.
// An API server of its own, since it must know an OIDC provider.

let folder: string;
let controlPlane: ControlPlane;
let clusterAuthority: TestAuthority;
let issuerAuthority: TestAuthority;
let issuer: OidcIssuer;
let admin: Cluster;

const people = { oidc: "oidc-user", certificate: "certificate-user" } as const;
const lifeSeconds = 12;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubewright-credentials-"));
  issuerAuthority = createAuthority("Provider's authority");
  await writeFile(join(folder, "issuer-ca.crt"), issuerAuthority.ca);
  issuer = await startOidcIssuer({
    tls: issuerAuthority.issue(),
    clientId: "kubewright",
    subject: people.oidc,
    lifeSeconds: lifeSeconds,
  });
  controlPlane = await startControlPlane({
    apiOnly: true,
    allApis: false,
    apiServerFlags: [
      `--oidc-issuer-url=${issuer.url}`,
      "--oidc-client-id=kubewright",
      `--oidc-ca-file=${join(folder, "issuer-ca.crt")}`,
      "--oidc-username-prefix=-",
      // One in a hundred requests is followed by a GOAWAY, as a large cluster's servers balance their connections.
      "--goaway-chance=0.01",
    ],
  });
  const pki = join(controlPlane.dir, "pki");
  clusterAuthority = createAuthority("", { certFile: join(pki, "ca.crt"), keyFile: join(pki, "ca.key") });
  admin = await connect({ kubeconfig: controlPlane.admin.kubeconfig });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" };
  await admin.api(RbacV1).clusterRoleBindings.create({
    metadata: { name: "people" },
    roleRef,
    subjects: Object.values(people).map((name) => ({ apiGroup: roleRef.apiGroup, kind: "User", name })),
  });
  for (const name of Object.values(people)) await untilAllowed(admin, name, "default");
});

afterAll(async () => {
  await admin?.close();
  await controlPlane?.stop();
  await issuer?.close();
  clusterAuthority?.remove();
  issuerAuthority?.remove();
  await rm(folder, { recursive: true });
});

const core = (): CoreV1 => admin.api(CoreV1);

/** A namespace with a service account that may do everything, and tokens of it that can be made invalid. */
async function robot(namespace: string) {
  await core().namespaces.create({ metadata: { name: namespace } });
  const accounts = core().serviceAccounts.in(namespace);
  const secrets = core().secrets.in(namespace);
  await accounts.create({ metadata: { name: "robot" } });
  await admin.api(RbacV1).clusterRoleBindings.create({
    metadata: { name: namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", name: "robot", namespace }],
  });
  await untilAllowed(admin, `system:serviceaccount:${namespace}:robot`, namespace);
  return {
    async token(boundTo: string): Promise<string> {
      const { metadata } = await secrets.create({ metadata: { name: boundTo } });
      const boundObjectRef = { apiVersion: "v1", kind: "Secret", name: boundTo, uid: metadata.uid };
      const { status } = await accounts.token.create("robot", { spec: { audiences: [], boundObjectRef } });
      return status?.token ?? "";
    },
    invalidate: (boundTo: string): Promise<unknown> => secrets.delete(boundTo),
  };
}

function kubeconfigOf(user: object, caFile = controlPlane.caFile): string {
  const cluster = { server: controlPlane.server, "certificate-authority": caFile };
  return JSON.stringify({
    "current-context": "c",
    clusters: [{ name: "c", cluster }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user }],
  });
}

/** As kubelets, cert-manager and vaults write: the file is whole at any time. */
async function put(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

async function untilRefused(load: Load): Promise<void> {
  await eventually(async () => (load.codes["401"] ? true : undefined), "the server refuses the old credential");
  await someMoreCalls(load);
}

async function someMoreCalls(load: Load): Promise<void> {
  const { calls } = load;
  await eventually(() => (load.calls > calls + 20 ? true : undefined), "some more calls");
}

/** Nobody noticed: no call failed, and every watch saw every object. */
function expectUndisturbed(report: LoadReport): void {
  expect(report).toMatchObject({ failures: [], missed: [], warnings: [] });
}

test.concurrent("`token` as a function is asked once more after a 401, with 80 watches on its session", async () => {
  const { token, invalidate } = await robot("token-function");
  let [asked, current] = [0, await token("first")];
  const options = await explicit({
    token: () => {
      asked += 1;
      return current;
    },
  });
  const load = await startLoad(options, "token-function", 80);
  current = await token("second");
  await invalidate("first");
  await untilRefused(load);
  const report = await load.stop();
  expectUndisturbed(report);
  expect(report.credentials).toHaveLength(2);
  expect(asked).toBe(2);
});

test.concurrent("a tokenFile that is replaced by renaming fails no call, over HTTP/1.1 too", async () => {
  const { token, invalidate } = await robot("token-file");
  const file = join(folder, "token");
  await put(file, await token("first"));
  const kubeconfigText = kubeconfigOf({ tokenFile: file });
  await core().namespaces.create({ metadata: { name: "token-file-1" } });
  const loads = [
    await startLoad({ kubeconfigText }, "token-file"),
    await startLoad({ kubeconfigText, protocol: "http/1.1" }, "token-file-1"),
  ];
  await put(file, `${await token("second")}\n`);
  await invalidate("first");
  await Promise.all(loads.map(untilRefused));
  for (const report of await Promise.all(loads.map((load) => load.stop()))) {
    expectUndisturbed(report);
    expect(report.credentials).toHaveLength(2);
  }
});

test.concurrent("client certificate from files, replaced before it ends", async () => {
  await core().namespaces.create({ metadata: { name: "certificate-file" } });
  const [cert, key] = [join(folder, "client.crt"), join(folder, "client.key")];
  const first = certificate(lifeSeconds);
  await put(cert, first.cert);
  await put(key, first.key);
  const kubeconfigText = kubeconfigOf({ "client-certificate": cert, "client-key": key });
  const load = await startLoad({ kubeconfigText }, "certificate-file");
  const second = certificate(3600);
  await put(cert, second.cert);
  await put(key, second.key);
  await untilRefused(load);
  const report = await load.stop();
  expectUndisturbed(report);
  expect(report.credentials).toHaveLength(2);
});

test.concurrent("credential plugin with tokens: 1,000 requests at the moment of refusal run it once", async () => {
  const { token, invalidate } = await robot("exec-token");
  const plugin = await makePlugin("exec-token");
  await plugin.answer({ token: await token("first") });
  const load = await startLoad({ kubeconfigText: kubeconfigOf({ exec: plugin.exec }) }, "exec-token");
  const burst = await connect({ kubeconfigText: kubeconfigOf({ exec: plugin.exec }) });
  await burst.version();
  expect(await plugin.runs()).toBe(2);
  await plugin.answer({ token: await token("second") });
  await invalidate("first");
  await untilRefused(load);
  expectUndisturbed(await load.stop());
  expect(await plugin.runs()).toBe(3);
  // This one still holds the first token, which the server now refuses at once. So many at a time are for the exempt only.
  await admin.api(FlowcontrolV1).flowSchemas.create({
    metadata: { name: "exec-token" },
    spec: {
      matchingPrecedence: 2,
      priorityLevelConfiguration: { name: "exempt" },
      rules: [
        {
          subjects: [{ kind: "ServiceAccount", serviceAccount: { namespace: "exec-token", name: "robot" } }],
          resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"] }],
        },
      ],
    },
  });
  const configMaps = burst.api(CoreV1).configMaps.in("exec-token");
  const all = await Promise.allSettled(Array.from({ length: 1000 }, () => configMaps.list({ limit: 1 })));
  expect(all.filter(({ status }) => status === "rejected")).toEqual([]);
  expect(await plugin.runs()).toBe(4);
  await burst.close();
});

test.concurrent("credential plugin whose tokens say when they end: renewed before, never refused", async () => {
  const { token } = await robot("exec-expiry");
  const plugin = await makePlugin("exec-expiry");
  const expirationTimestamp = new Date(Date.now() + lifeSeconds * 1000).toISOString();
  await plugin.answer({ token: await token("first"), expirationTimestamp });
  const load = await startLoad({ kubeconfigText: kubeconfigOf({ exec: plugin.exec }) }, "exec-expiry");
  await plugin.answer({ token: await token("second") });
  await eventually(async () => (load.credentials.length === 2 ? true : undefined), "the second token is in use");
  const report = await load.stop();
  expectUndisturbed(report);
  expect(report.codes["401"]).toBeUndefined();
  expect(await plugin.runs()).toBe(2);
});

test.concurrent("credential plugin with client certificates, renewed before they end", async () => {
  await core().namespaces.create({ metadata: { name: "exec-certificate" } });
  const plugin = await makePlugin("exec-certificate");
  const first = certificate(lifeSeconds);
  await plugin.answer({ clientCertificateData: first.cert, clientKeyData: first.key });
  const load = await startLoad({ kubeconfigText: kubeconfigOf({ exec: plugin.exec }) }, "exec-certificate");
  const second = certificate(3600);
  await plugin.answer({ clientCertificateData: second.cert, clientKeyData: second.key });
  await eventually(async () => (load.credentials.length === 2 ? true : undefined), "the second certificate is in use");
  const report = await load.stop();
  expectUndisturbed(report);
  expect(report.codes["401"]).toBeUndefined();
  expect(await plugin.runs()).toBe(2);
});

test.concurrent("OIDC: a refused and an ending ID token are refreshed, each once, and written back", async () => {
  await core().namespaces.create({ metadata: { name: "oidc" } });
  const kubeconfig = join(folder, "oidc.yaml");
  const config = {
    "idp-issuer-url": issuer.url,
    "idp-certificate-authority": join(folder, "issuer-ca.crt"),
    "client-id": "kubewright",
    "refresh-token": issuer.refreshToken,
    // Good by the clock, but the server knows no such key: as after the provider changed its own.
    "id-token": issuer.idToken(3600, "forged"),
  };
  await put(kubeconfig, kubeconfigOf({ "auth-provider": { name: "oidc", config } }));
  const cluster = await connect({ kubeconfig });
  await Promise.all(Array.from({ length: 100 }, () => cluster.api(CoreV1).configMaps.in("oidc").list()));
  await cluster.close();
  expect(issuer.refreshes).toEqual({ granted: 1, refused: 0 });

  const load = await startLoad({ kubeconfig }, "oidc");
  await eventually(async () => (load.credentials.length === 2 ? true : undefined), "the next ID token is in use");
  const report = await load.stop();
  expectUndisturbed(report);
  expect(report.codes["401"]).toBeUndefined();
  // A refresh token is good once, so that two refreshes at a time would be seen. On a slow machine the next one has begun.
  expect(issuer.refreshes.refused).toBe(0);
  expect(issuer.refreshes.granted - report.credentials.length).toBeLessThanOrEqual(1);
  const written = JSON.parse(await readFile(kubeconfig, "utf8")) as {
    users: [{ user: { "auth-provider": { config: object } } }];
  };
  expect(written.users[0].user["auth-provider"].config).toMatchObject({ "refresh-token": issuer.refreshToken });
});

test.concurrent("a token that is mere text: its end is an error of one attempt", async () => {
  const { token, invalidate } = await robot("static");
  const load = await startLoad(await explicit({ token: await token("only") }), "static");
  expectUndisturbed(await load.stop());
  const codes: string[] = [];
  const sink = { count: (_: string, { code = "" }) => void codes.push(code), observe: () => undefined };
  await using cluster = await connect({ ...(await explicit({ token: await token("other") })), metrics: sink });
  await invalidate("other");
  const error: unknown = await cluster
    .api(CoreV1)
    .configMaps.in("static")
    .list()
    .catch((reason: unknown) => reason);
  expect(isUnauthorized(error)).toBe(true);
  expect(codes).toEqual(["401"]);
});

// Last, and not beside the others: it is the server's certificate for all of them.
test("other authorities, and a server certificate by them, while connections come and go", async () => {
  await core().namespaces.create({ metadata: { name: "authorities" } });
  const next = createAuthority("Next authority");
  try {
    const authorities = join(folder, "authorities.crt");
    const before = await readFile(controlPlane.caFile, "utf8");
    await put(authorities, before);
    const kubeconfigText = kubeconfigOf({ token: controlPlane.admin.token }, authorities);
    const load = await startLoad({ kubeconfigText }, "authorities");
    await put(authorities, before + next.ca);
    const serving = next.issue();
    await put(join(controlPlane.dir, "pki/server.key"), serving.key);
    await put(join(controlPlane.dir, "pki/server.crt"), serving.cert);
    const dialled = async (): Promise<true | undefined> => (load.codes["<error>"] ? true : undefined);
    await eventually(dialled, "a new connection finds a certificate that it does not trust yet");
    await someMoreCalls(load);
    expectUndisturbed(await load.stop(20));
  } finally {
    next.remove();
  }
});

async function explicit(credential: Pick<ConnectOptions, "token">): Promise<ConnectOptions> {
  return { server: controlPlane.server, ca: await readFile(controlPlane.caFile, "utf8"), ...credential };
}

/** Of the control plane's own authority. */
function certificate(seconds: number): CertifiedKey {
  return clusterAuthority.issue({
    commonName: people.certificate,
    names: [],
    purpose: "clientAuth",
    to: seconds / 86_400,
  });
}

/** A program that counts its runs and prints what it is told to. */
async function makePlugin(name: string) {
  const at = (ending: string): string => join(folder, `${name}.${ending}`);
  await writeFile(at("sh"), '#!/bin/sh\necho run >> "$RUNS"\ncat "$ANSWER"\n');
  await chmod(at("sh"), 0o700);
  const env = Object.entries({ RUNS: at("runs"), ANSWER: at("json") });
  const apiVersion = "client.authentication.k8s.io/v1";
  return {
    exec: {
      apiVersion,
      command: at("sh"),
      interactiveMode: "Never",
      env: env.map(([key, value]) => ({ name: key, value })),
    },
    answer: (status: object) => put(at("json"), JSON.stringify({ apiVersion, kind: "ExecCredential", status })),
    runs: async () => (await readFile(at("runs"), "utf8")).trim().split("\n").length,
  };
}
