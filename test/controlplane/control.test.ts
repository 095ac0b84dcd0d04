import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { succeeds } from "../support/eventually.ts";
import type { ProcessName } from "./info.ts";
import type { KubectlOptions } from "./kubectl.ts";
import { type ControlPlane, startControlPlane } from "./start.ts";

// In this order, on one control plane: the last test ends it.

let controlPlane: ControlPlane;

beforeAll(async () => {
  controlPlane = await startControlPlane({ noWatchCache: true });
});

afterAll(async () => {
  await controlPlane?.stop().catch(() => undefined); // the last test has ended it
});

async function run(args: readonly string[], options?: KubectlOptions): Promise<string> {
  return (await controlPlane.kubectl(args, options)).stdout;
}

/** A request that must fail; what kubectl says about it. */
async function failure(args: readonly string[], options: KubectlOptions = {}): Promise<string> {
  const { code, stderr } = await controlPlane.kubectl(args, { ...options, allowFailure: true });
  expect(code).not.toBe(0);
  return stderr;
}

function pidOf(name: ProcessName): number {
  const pid = controlPlane.processes[name];
  if (pid === undefined) throw new Error(`${name} does not run`);
  return pid;
}

const withoutCache = (): KubectlOptions => ({ kubeconfig: controlPlane.noWatchCacheServer?.kubeconfig ?? "" });

/** The resourceVersion of etcd itself, which only grows: that of a list that is read from there. */
async function newestVersion(): Promise<bigint> {
  const list = await run(["get", "--raw", "/api/v1/namespaces/default/events"]);
  return BigInt((JSON.parse(list) as { metadata: { resourceVersion: string } }).metadata.resourceVersion);
}

interface WatchEvent {
  readonly type: string;
  readonly object: { readonly code?: number; readonly metadata: { readonly name?: string } };
}

const quiet = "quiet";

/** What a watch in the quiet namespace, from a version, tells in its first second. */
async function watched(resource: string, version: bigint, options?: KubectlOptions): Promise<WatchEvent[]> {
  const path = `/api/v1/namespaces/${quiet}/${resource}?watch=1&timeoutSeconds=1&resourceVersion=${version}`;
  const lines = (await run(["get", "--raw", path], options)).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as WatchEvent);
}

const createEvent = (name: string): Promise<string> =>
  run(["create", "-f", "-"], {
    input: JSON.stringify({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name, namespace: quiet },
      involvedObject: { kind: "Pod", name: "any", namespace: quiet },
    }),
  });

function manyConfigMaps(prefix: string): string {
  const items = Array.from({ length: 300 }, (_, i) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `${prefix}-${i}` },
  }));
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

describe("single processes", () => {
  test("a killed API server is dead while others serve, and serves the same objects when it was started again", async () => {
    await run(["create", "configmap", "lasting", "--from-literal=a=b"]);
    const before = pidOf("kube-apiserver");
    await controlPlane.kill("kube-apiserver");
    expect(existsSync(`/proc/${before}`)).toBe(false);
    expect(controlPlane.processes["kube-apiserver"]).toBeUndefined();
    const get = ["get", "configmap", "lasting", "--output=jsonpath={.data.a}"];
    expect(await failure(get)).toContain("refused");
    expect(await run(get, withoutCache())).toBe("b");

    await controlPlane.start("kube-apiserver");
    expect(await run(get)).toBe("b");
    expect(pidOf("kube-apiserver")).not.toBe(before);
    expect(controlPlane.info().processes["kube-apiserver"]).toBe(pidOf("kube-apiserver"));
  });

  test("an API server that is stopped ends by itself", async () => {
    await controlPlane.stop("kube-apiserver-no-watch-cache");
    const log = readFileSync(`${controlPlane.dir}/logs/kube-apiserver-no-watch-cache.log`, "utf8");
    expect(log.includes("Stopped listening on")).toBe(true);
    expect(await failure(["get", "namespaces"], withoutCache())).toContain("refused");
    await controlPlane.start("kube-apiserver-no-watch-cache");
    expect(await run(["get", "namespaces", "--output=name"], withoutCache())).toContain("namespace/default");
  });

  test("etcd can be killed under running API servers", async () => {
    await controlPlane.kill("etcd");
    expect(await failure(["get", "--raw", "/readyz"])).toContain("etcd");
    await controlPlane.start("etcd");
    await succeeds(() => run(["get", "--raw", "/readyz"]));
    await succeeds(() => run(["annotate", "configmap", "lasting", "--overwrite", "after=etcd"]));
  });

  test("controllers, scheduler and node do nothing while they are dead, and go on when they were started again", async () => {
    const names = ["kube-controller-manager", "kube-scheduler", "kubelet"] as const;
    await Promise.all(names.map((name) => controlPlane.kill(name)));
    await run(["create", "deployment", "web", "--image=any", "--replicas=2"]);
    expect(await run(["get", "pods", "--output=name"])).toBe("");
    await Promise.all(names.map((name) => controlPlane.start(name)));
    await run(["rollout", "status", "deployment/web", "--timeout=60s"]);
  });

  test("a paused API server answers when it is resumed", async () => {
    await controlPlane.pause("kube-apiserver");
    expect(readFileSync(`/proc/${pidOf("kube-apiserver")}/status`, "utf8")).toMatch(/^State:\tT/m);
    let answered = false;
    const answer = run(["get", "configmap", "lasting", "--output=name"]).then((name) => {
      answered = true;
      return name;
    });
    // The other server shows that there was time for an answer.
    await run(["get", "configmap", "lasting"], withoutCache());
    expect(answered).toBe(false);
    await controlPlane.resume("kube-apiserver");
    expect(await answer).toBe("configmap/lasting\n");
  });

  test("what is not there cannot be ended, and what runs cannot be started", async () => {
    await expect(controlPlane.kill("kube-apiserver-second")).rejects.toThrow("has no");
    await expect(controlPlane.start("etcd")).rejects.toThrow("etcd runs already");
    await controlPlane.kill("kube-scheduler");
    await expect(controlPlane.stop("kube-scheduler")).rejects.toThrow("kube-scheduler does not run");
    await expect(controlPlane.pause("kube-scheduler")).rejects.toThrow("kube-scheduler does not run");
  });
});

describe("etcd", () => {
  test("compaction: a watch from before is refused where it is read from etcd", async () => {
    await run(["create", "namespace", quiet]);
    await succeeds(() => run(["--namespace", quiet, "get", "configmap", "kube-root-ca.crt"]));
    const before = await newestVersion();
    await createEvent("first");
    await run(["--namespace", quiet, "create", "configmap", "compacted"]);
    expect(await watched("events", before)).toMatchObject([{ type: "ADDED", object: { metadata: { name: "first" } } }]);
    const compacted = BigInt(await controlPlane.compact());
    expect(compacted).toBeGreaterThan(before);
    const refused = [{ type: "ERROR", object: { code: 410 } }];
    expect(await watched("events", before)).toMatchObject(refused);
    expect(await watched("configmaps", before, withoutCache())).toMatchObject(refused);
    // A server with a watch cache remembers, until it is started anew.
    expect(await watched("configmaps", before)).toMatchObject([
      { type: "ADDED", object: { metadata: { name: "compacted" } } },
    ]);
    await controlPlane.kill("kube-apiserver");
    await controlPlane.start("kube-apiserver");
    expect(await watched("configmaps", before)).toMatchObject(refused);
    // What came after the given revision is still told.
    const kept = await newestVersion();
    await createEvent("second");
    expect(await controlPlane.compact(String(kept))).toBe(String(kept));
    expect(await watched("events", kept)).toMatchObject([{ type: "ADDED", object: { metadata: { name: "second" } } }]);
  });

  test("restore: what came after the copy is gone, and versions begin again at the copy's", async () => {
    const copy = await controlPlane.snapshot();
    await run(["create", "-f", "-"], { input: manyConfigMaps("later") });
    const atEnd = await newestVersion();
    const before = { ...controlPlane.processes };
    for (const attempt of ["first", "again"]) {
      await controlPlane.restore(copy);
      expect(await newestVersion(), attempt).toBeLessThan(atEnd);
      const names = (await run(["get", "configmaps", "--output=name"])).split("\n");
      expect(names, attempt).toContain("configmap/lasting");
      expect(
        names.filter((name) => /later|again/.test(name)),
        attempt,
      ).toEqual([]);
      await run(["create", "configmap", "tried-again"]);
    }
    // Everything that ran was started again, the scheduler did not.
    expect(Object.keys(controlPlane.processes).sort()).toEqual(Object.keys(before).sort());
    expect(controlPlane.processes).not.toHaveProperty("kube-scheduler");
    for (const [name, pid] of Object.entries(before)) expect(controlPlane.processes, name).not.toContain(pid);
  });
});

test("an end that nobody asked for still ends everything, also of what was started again", async () => {
  process.kill(pidOf("kube-apiserver"), "SIGKILL");
  await expect(controlPlane.ended).rejects.toThrow("kube-apiserver ended");
  await expect(controlPlane.start("kube-scheduler")).rejects.toThrow("kube-apiserver ended");
  expect(existsSync(controlPlane.dir)).toBe(false);
});
