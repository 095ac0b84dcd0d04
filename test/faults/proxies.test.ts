import { setDefaultCACertificates } from "node:tls";

import { CoreV1 } from "kubewright/core/v1";
import { connect, ConnectionError } from "kubewright";
import { stringify } from "yaml";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { until } from "../support/api-request.ts";
import { createAuthority } from "../support/certificates.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { type ProxyOptions, startHttpProxy, startSocksProxy, type TestProxy } from "../support/proxies.ts";
import { asAdmin, closing, clusterCa, connecting, controlPlane, failureOf, ownNamespace } from "./support.ts";

const authority = createAuthority();
const certificate = authority.issue();
// What the system trusts, for proxies that are reached by https.
setDefaultCACertificates([authority.ca]);
afterAll(() => authority.remove());

const held = closing();
const connected = connecting();
const own = ownNamespace();
const login = { username: "user", password: "p@ss:word" };
const userinfo = "user:p%40ss%3Aword@";

// Nobody but the proxy knows this name, so that whoever goes around it gets nowhere.
const hidden = "https://kube.test:6443";

/** Counts the connections that reach the API server. */
let counter: FaultProxy;
beforeEach(async () => {
  counter = await held(startFaultProxy(controlPlane().server));
});
afterEach(() => vi.unstubAllEnvs());

type Start = (options: ProxyOptions) => Promise<TestProxy>;
const kinds: readonly (readonly [string, Start])[] = [
  ["http", startHttpProxy],
  ["https", (options) => startHttpProxy(options, certificate)],
  ["socks5", startSocksProxy],
];

function startProxy(start: Start, options: ProxyOptions = {}): Promise<TestProxy> {
  return held(start({ routes: { "kube.test:6443": counter.hostPort }, ...options }));
}

describe.each(kinds)("%s proxy", (scheme, start) => {
  test.each(["auto", "http/1.1"] as const)(
    "%s: every connection of lists, watches and writes goes through it",
    async (protocol) => {
      const proxy = await startProxy(start, { login });
      const proxyUrl = `${scheme}://${userinfo}${proxy.hostPort}`;
      const cluster = await connected({ ...asAdmin(hidden), tlsServerName: "kubernetes", proxyUrl, protocol });
      const configMaps = cluster.api(CoreV1).configMaps.in(own.namespace);
      const name = `proxied-${scheme}-${protocol.slice(0, 4)}`;

      const { metadata } = await configMaps.list({ limit: 1 });
      const stop = new AbortController();
      const watched: string[] = [];
      const watching = (async () => {
        const { resourceVersion } = metadata;
        for await (const event of configMaps.watch({
          resourceVersion,
          fieldSelector: `metadata.name=${name}`,
          signal: stop.signal,
        })) {
          watched.push(event.type);
        }
      })().catch((error: unknown) => error);
      await configMaps.create({ metadata: { name }, data: { a: "b" } });
      await Promise.all(Array.from({ length: 20 }, () => configMaps.get(name)));
      await configMaps.delete(name);
      await until(() => watched.includes("DELETED"), 10_000);
      stop.abort();
      await watching;

      expect(watched).toEqual(["ADDED", "DELETED"]);
      expect(proxy.dials.length).toBeGreaterThan(0);
      expect(new Set(proxy.dials)).toEqual(new Set(["kube.test:6443"]));
      // Each connection that the API server saw is one that the proxy made.
      expect(counter.accepted).toBe(proxy.dials.length);
      if (protocol === "auto") expect(proxy.dials.length).toBe(1);
      await cluster.close();
      await until(() => proxy.open === 0 && counter.open === 0);
    },
  );

  test("the API server's own address is not dialled directly either", async () => {
    const proxy = await startProxy(start);
    const cluster = await connected({ ...asAdmin(counter.url), proxyUrl: `${scheme}://${proxy.hostPort}` });
    await cluster.version();
    await proxy.close();
    // The proxy is gone, the server is there: nobody may try it without.
    const { error } = await failureOf(cluster.api(CoreV1).namespaces.list());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/^ProxyUnreachable: .* \(ECONNREFUSED\); .* \(list \/api\/v1\/namespaces\)$/);
    expect(counter.accepted).toBe(1);
  });

  test("a wrong password: one dial, and an error that says so without it", async () => {
    const proxy = await startProxy(start, { login });
    const proxyUrl = `${scheme}://user:hunter2@${proxy.hostPort}`;
    const cluster = await connected({ ...asAdmin(hidden), proxyUrl });
    const { error } = await failureOf(cluster.api(CoreV1).namespaces.list());
    expect(error.message).toMatch(/^ProxyUnauthorized: .*\(list \/api\/v1\/namespaces\)$/);
    expect(error.message).not.toContain("hunter2");
    expect(counter.accepted).toBe(0);
  });

  test("a watch ends when the proxy does, and the next request takes a new tunnel", async () => {
    const proxy = await startProxy(start);
    const through = await held(startFaultProxy(`https://${proxy.hostPort}`));
    const options = { ...asAdmin(hidden), tlsServerName: "kubernetes", proxyUrl: `${scheme}://${through.hostPort}` };
    const cluster = await connected(options);
    const events = cluster.api(CoreV1).namespaces.watch()[Symbol.asyncIterator]();
    await events.next();
    through.reset();
    const { error } = await failureOf(
      (async () => {
        while (!(await events.next()).done);
      })(),
    );
    expect(error).toBeInstanceOf(ConnectionError);
    await cluster.version();
    expect(proxy.dials.length).toBe(2);
  });
});

describe("which proxy", () => {
  function kubeconfig(proxyUrl: string | undefined, server = hidden): string {
    return stringify({
      clusters: [
        {
          name: "a",
          cluster: {
            server,
            "proxy-url": proxyUrl,
            "tls-server-name": "kubernetes",
            "certificate-authority-data": Buffer.from(clusterCa()).toString("base64"),
          },
        },
      ],
      users: [{ name: "a", user: { token: controlPlane().admin.token } }],
      contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
      "current-context": "a",
    });
  }

  test("the kubeconfig's goes before the environment's, and NO_PROXY does not touch it", async () => {
    const [proxy, other] = [await startProxy(startHttpProxy), await startProxy(startHttpProxy)];
    vi.stubEnv("HTTPS_PROXY", `http://${other.hostPort}`);
    vi.stubEnv("NO_PROXY", "*");
    const cluster = await connected({ kubeconfigText: kubeconfig(`http://${proxy.hostPort}`) });
    await cluster.version();
    expect([proxy.dials.length, other.dials.length]).toEqual([1, 0]);
  });

  test("the option goes before the kubeconfig's", async () => {
    const [proxy, other] = [await startProxy(startHttpProxy), await startProxy(startSocksProxy)];
    const kubeconfigText = kubeconfig(`http://${other.hostPort}`);
    const cluster = await connected({ kubeconfigText, proxyUrl: `http://${proxy.hostPort}` });
    await cluster.version();
    expect([proxy.dials.length, other.dials.length]).toEqual([1, 0]);
  });

  test.each(["HTTPS_PROXY", "https_proxy"])("%s, where NO_PROXY does not except the server", async (variable) => {
    const proxy = await startProxy(startSocksProxy);
    vi.stubEnv(variable, `socks5://${proxy.hostPort}`);
    vi.stubEnv("NO_PROXY", "other.test,10.0.0.0/8");
    const cluster = await connected({ kubeconfigText: kubeconfig(undefined) });
    await cluster.version();
    expect(proxy.dials).toEqual(["kube.test:6443"]);
    vi.stubEnv("NO_PROXY", ".test");
    const direct = await connected({ kubeconfigText: kubeconfig(undefined) });
    expect((await failureOf(direct.version())).error.message).toMatch(/^UnknownHost: /);
    expect(proxy.dials.length).toBe(1);
  });

  test("this machine is never reached through the environment's", async () => {
    const proxy = await startProxy(startHttpProxy);
    vi.stubEnv("HTTPS_PROXY", `http://${proxy.hostPort}`);
    const cluster = await connected({ kubeconfigText: kubeconfig(undefined, counter.url) });
    await cluster.version();
    expect([proxy.dials.length, counter.accepted]).toEqual([0, 1]);
  });

  test("an environment that names no address, and a scheme that no proxy has", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://user:hunter2@a b");
    const { error } = await failureOf(connect({ kubeconfigText: kubeconfig(undefined) }));
    expect(`${error.name}: ${error.message}`).toMatch(/^ConfigError: Proxy: HTTPS_PROXY holds no address/);
    vi.stubEnv("HTTPS_PROXY", "ftp://a.test");
    const { error: other } = await failureOf(connect({ kubeconfigText: kubeconfig(undefined) }));
    expect(`${other.name}: ${other.message}`).toMatch(/^ConfigError: .*ftp:.*environment/);
  });
});
