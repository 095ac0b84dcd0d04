import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MetricsSink } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createAuthority, type TestAuthority } from "../../../../../test/support/certificates.ts";
import { connect } from "../../connect.ts";
import type { ExecPlugin } from "../../settings/resolved.ts";
import { execMetrics } from "./exec-metrics.ts";
import { execSource } from "./exec-source.ts";
import { runPlugin } from "./run-plugin.ts";

let seen: unknown[];
let ttl: (() => number) | undefined;
const sink: MetricsSink = {
  count: (name, labels) => void seen.push([name, labels]),
  observe: (name, value, labels) => void seen.push([name, value, labels]),
  gauge: (_name, read) => (ttl = read),
};

beforeEach(() => ([seen, ttl] = [[], undefined]));

describe("a plugin's client certificate", () => {
  const day = 86_400;
  let authority: TestAuthority;
  beforeAll(() => (authority = createAuthority()));
  afterAll(() => authority.remove());
  afterEach(() => void vi.useRealTimers());

  test("its end and its age are known; once the connection is closed it counts no more", () => {
    const [one, two] = [authority.issue({ from: -1, to: 30 }), authority.issue({ from: -2, to: 10 })];
    const closed = new AbortController();
    const meter = execMetrics(sink, closed.signal);
    expect(ttl!()).toBe(Infinity);
    meter.brought(undefined);
    meter.brought(one.cert);
    meter.brought(one.cert);
    expect(seen).toEqual([]);
    expect(Math.abs(ttl!() - 30 * day)).toBeLessThan(3600);
    vi.useFakeTimers({ now: Date.now() + 31 * day * 1000, toFake: ["Date"] });
    expect(ttl!()).toBeLessThan(0);
    meter.brought(two.cert);
    expect(seen).toEqual([["rest_client_exec_plugin_certificate_rotation_age", expect.any(Number), {}]]);
    const [, age] = seen[0] as [string, number];
    expect(Math.abs(age - 32 * day)).toBeLessThan(3600);
    meter.brought(undefined);
    expect(seen).toHaveLength(2);
    expect(ttl!()).toBe(Infinity);
    meter.brought(one.cert);
    closed.abort();
    expect(ttl!()).toBe(Infinity);
  });

  test("a sink may want no gauges", () => {
    const { gauge: _gauge, ...without } = sink;
    execMetrics(without, new AbortController().signal).brought(authority.issue().cert);
    expect(seen).toEqual([]);
  });
});

// Windows has no shell scripts.
describe.skipIf(process.platform === "win32")("how a plugin ended is counted once", () => {
  const run = async (script: string, changes: object = {}): Promise<unknown[]> => {
    await runPlugin({
      file: "/bin/sh",
      command: "sh",
      args: ["-c", script],
      env: {},
      interactive: false,
      timeoutMs: 20_000,
      signal: new AbortController().signal,
      onEnd: (status, code) => seen.push([status, code]),
      ...changes,
    }).catch(() => undefined);
    // What is ended is seen to close a moment later.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return seen;
  };

  test("well", async () => expect(await run("echo x")).toEqual([["no_error", 0]]));
  test("with an exit code", async () => expect(await run("exit 3")).toEqual([["plugin_execution_error", 3]]));
  test("by a signal", async () => expect(await run("kill -9 $$")).toEqual([["plugin_execution_error", -1]]));
  test("by the time limit", async () =>
    expect(await run("sleep 20", { timeoutMs: 50 })).toEqual([["plugin_execution_error", -1]]));
  test("not startable", async () =>
    expect(await run("", { file: "/nowhere/sh" })).toEqual([["plugin_not_found_error", 1]]));
  test("not started by Node", async () => expect(await run("\0")).toEqual([["client_internal_error", 1]]));
});

describe.skipIf(process.platform === "win32")("a connection's plugin", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kubewright-exec-metrics-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const source = (command: string) => {
    const apiVersion = "client.authentication.k8s.io/v1";
    const plugin: ExecPlugin = {
      command,
      args: [],
      env: [],
      apiVersion,
      interactiveMode: "Never",
      provideClusterInfo: false,
      installHint: undefined,
    };
    return execSource(plugin, {
      cluster: {
        server: "https://10.0.0.1",
        ca: undefined,
        tlsServerName: undefined,
        insecureSkipTlsVerify: false,
        proxyUrl: undefined,
        compression: true,
        execConfig: undefined,
      },
      ca: async () => undefined,
      policy: "AllowAll",
      env: { PATH: "/usr/bin:/bin" },
      platform: process.platform,
      signal: new AbortController().signal,
      metrics: sink,
    });
  };

  test("tells the sink of its calls and its certificate", async () => {
    const authority = createAuthority();
    const { cert, key } = authority.issue();
    authority.remove();
    const status = { clientCertificateData: cert, clientKeyData: key };
    const answer = { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status };
    const file = join(folder, "plugin");
    await writeFile(file, `#!/bin/sh\ncat <<'END'\n${JSON.stringify(answer)}\nEND\n`, { mode: 0o755 });
    await source(file).current();
    expect(seen).toEqual([["rest_client_exec_plugin_call_total", { code: "0", call_status: "no_error" }]]);
    expect(ttl!()).toBeGreaterThan(0);
    expect(ttl!()).toBeLessThan(Infinity);
  });

  test("that does not exist is counted too, through connect()", async () => {
    const named = { cluster: "a", user: "a" };
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: join(folder, "none"),
      interactiveMode: "Never",
    };
    const kubeconfigText = JSON.stringify({
      clusters: [{ name: "a", cluster: { server: "https://127.0.0.1:1" } }],
      users: [{ name: "a", user: { exec } }],
      contexts: [{ name: "a", context: named }],
      "current-context": "a",
    });
    const cluster = await connect({ kubeconfigText, metrics: sink });
    await expect(cluster.version()).rejects.toThrow("Plugin not found");
    await cluster.close();
    expect(seen).toEqual([
      ["rest_client_exec_plugin_call_total", { code: "1", call_status: "plugin_not_found_error" }],
    ]);
  });
});
