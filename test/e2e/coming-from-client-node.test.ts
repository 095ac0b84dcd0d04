import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect, isNotFound, type Cluster, type KubernetesObject } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { readSections, removeModules, runModule, writeModule, type Outcome } from "./side-by-side.ts";

const [first, ...sections] = readSections();
const suffix = randomBytes(3).toString("hex");

interface Expectation {
  /** What is there before each side runs. */
  readonly before?: readonly KubernetesObject[];
  /** A pod that must have written two lines. */
  readonly running?: string;
  /** Whether the pod answers HTTP at the port that the section calls 8080. */
  readonly serving?: boolean;
  /** Names whose values must be equal on both sides. */
  readonly equal: readonly string[];
  /** What must be true after either side. */
  readonly after?: (context: After) => Promise<void>;
}

interface After {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly outcome: Outcome;
}

const pod = (name: string, labels: Record<string, string> = {}): KubernetesObject =>
  ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels },
    // Nobody schedules it: it stays as it is.
    spec: {
      schedulerName: "nobody",
      automountServiceAccountToken: false,
      containers: [{ name: "web", image: "web:1" }],
    },
  }) as KubernetesObject;
const talkingPod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web-0", labels: { app: "web" } },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: "web", image: "busybox", command: ["sh", "-c", "echo one; echo two; sleep 600"] }],
  },
} as KubernetesObject;
const question = "echo one; echo two; read name; echo hello $name; exit 7";
const askingPod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web-0" },
  spec: {
    restartPolicy: "Never",
    containers: [{ name: "web", image: "busybox", command: ["sh", "-c", question], stdin: true }],
  },
} as KubernetesObject;
const configMap = (name: string, labels: Record<string, string> = {}): KubernetesObject =>
  ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, labels },
    data: { colour: "green", size: "4" },
  }) as KubernetesObject;
const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        schedulerName: "nobody",
        containers: [
          { name: "web", image: "web:1" },
          { name: "side", image: "side:1" },
        ],
      },
    },
  },
} as KubernetesObject;

/** One whose pods run. */
const rolling = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { terminationGracePeriodSeconds: 0, containers: [{ name: "web", image: "web:1" }] },
    },
  },
} as KubernetesObject;

const podIsGone = async ({ cluster, namespace }: After): Promise<void> => {
  const reading = cluster.api(CoreV1).pods.in(namespace).get("web-0");
  expect(await reading.then(() => false, isNotFound)).toBe(true);
};

/** By the section's number. */
const expectations: Readonly<Record<number, Expectation>> = {
  1: {
    before: [pod("web-0"), pod("web-1")],
    equal: ["names"],
    after: async ({ outcome, namespace }) => {
      const everywhere = outcome["everywhere"] as { items: { metadata: { namespace: string } }[] };
      expect(everywhere.items.filter(({ metadata }) => metadata.namespace === namespace)).toHaveLength(2);
    },
  },
  2: {
    before: [pod("a", { app: "web", tier: "front" }), pod("b", { app: "web", tier: "db" }), pod("c", { tier: "back" })],
    equal: ["names"],
    after: async ({ outcome }) => expect(outcome["names"]).toEqual(["a"]),
  },
  3: { before: [pod("web-0", { app: "web" })], equal: ["pod"] },
  4: { equal: ["created"] },
  5: {
    before: [configMap("settings")],
    equal: ["updated"],
    after: async ({ outcome }) => expect(outcome["updated"]).toMatchObject({ data: { colour: "blue", size: "4" } }),
  },
  6: {
    before: [configMap("settings")],
    equal: ["patched"],
    after: async ({ outcome }) => expect((outcome["patched"] as { data: object }).data).toEqual({ colour: "red" }),
  },
  7: {
    before: [deployment],
    equal: [],
    after: async ({ cluster, namespace }) => {
      const { spec } = await cluster.api(AppsV1).deployments.in(namespace).get("web");
      const images = spec.template.spec?.containers.map(({ image }) => image);
      expect(images).toEqual(["web:2", "side:1"]);
    },
  },
  8: {
    before: [configMap("settings")],
    equal: ["patched"],
    after: async ({ outcome }) => expect(outcome["patched"]).toMatchObject({ data: { colour: "red", size: "4" } }),
  },
  9: {
    before: [configMap("settings")],
    equal: ["applied"],
    after: async ({ cluster, namespace }) => {
      const { metadata } = await cluster.api(CoreV1).configMaps.in(namespace).get("settings");
      expect(metadata.managedFields?.map(({ manager }) => manager)).toContain("painter");
    },
  },
  10: { before: [pod("web-0")], equal: [], after: podIsGone },
  11: {
    before: [configMap("a", { app: "web" }), configMap("b", { app: "web" }), configMap("c")],
    equal: ["names"],
    after: async ({ outcome }) => expect(outcome["names"]).toEqual(["c", "kube-root-ca.crt"]),
  },
  12: { equal: ["seen"], after: async ({ outcome }) => expect(outcome["seen"]).toEqual(["ADDED fresh"]) },
  13: { before: [talkingPod], running: "web-0", equal: ["lines"] },
  14: {
    before: [talkingPod],
    running: "web-0",
    equal: ["lines"],
    after: async ({ outcome }) => expect(outcome["lines"]).toEqual(["one", "two"]),
  },
  15: {
    before: [deployment],
    equal: [],
    after: async ({ outcome }) => expect(outcome["scale"]).toMatchObject({ spec: { replicas: 3 } }),
  },
  16: {
    before: [pod("web-0")],
    equal: ["conditions"],
    after: async ({ outcome }) => expect(outcome["conditions"]).toMatchObject([{ type: "shop.io/warm" }]),
  },
  17: { before: [pod("web-0")], equal: [], after: podIsGone },
  18: {
    equal: ["audiences"],
    after: async ({ outcome, namespace }) => {
      const [, claims = ""] = String(outcome["token"]).split(".");
      expect(JSON.parse(atob(claims))).toMatchObject({
        aud: ["vault"],
        sub: `system:serviceaccount:${namespace}:default`,
      });
    },
  },
  19: { equal: ["sizes"], after: async ({ outcome }) => expect(outcome["sizes"]).toEqual([3]) },
  20: { equal: ["kinds"], after: async ({ outcome }) => expect(outcome["kinds"]).toEqual(["ConfigMap", "Secret"]) },
  21: { equal: ["names"], after: async ({ outcome }) => expect(outcome["names"]).toContain("deployments") },
  22: {
    equal: ["gitVersion"],
    after: async ({ outcome }) => expect(outcome["gitVersion"]).toBe(inject("controlPlane").version),
  },
  23: { equal: ["missing"], after: async ({ outcome }) => expect(outcome["missing"]).toBe(true) },
  24: {
    before: ["a", "b", "c", "d", "e"].map((name) => configMap(name)),
    equal: ["names"],
    after: async ({ outcome }) => expect(outcome["names"]).toHaveLength(6),
  },
  25: { equal: ["outcome"], after: async ({ outcome }) => expect(outcome["outcome"]).toBe("AbortError") },
  26: {
    before: [configMap("settings")],
    equal: ["names"],
    after: async ({ outcome }) => {
      expect(outcome["names"]).toEqual(["kube-root-ca.crt", "settings"]);
      expect(outcome["one"]).toMatchObject({ data: { colour: "green" } });
    },
  },
  27: {
    equal: ["seen"],
    after: async ({ outcome }) => expect(outcome["seen"]).toEqual(["added fresh", "deleted fresh"]),
  },
  28: {
    before: [configMap("settings")],
    equal: ["size", "restarts"],
    after: async ({ outcome }) => expect(outcome["size"]).toBe(2),
  },
  29: {
    before: [configMap("a", { app: "web" }), configMap("b", { app: "web" }), configMap("c", { app: "db" })],
    equal: ["names"],
    after: async ({ outcome }) => expect(outcome["names"]).toEqual(["a", "b"]),
  },
  30: {
    before: [rolling],
    equal: ["available"],
    after: async ({ outcome }) => expect(outcome["available"]).toBe(2),
  },
  31: {
    before: [talkingPod],
    running: "web-0",
    equal: ["stdout", "exitCode"],
    after: async ({ outcome }) => expect(outcome).toMatchObject({ stdout: "found\n", exitCode: 3 }),
  },
  32: {
    before: [askingPod],
    running: "web-0",
    equal: ["said", "exitCode"],
    after: async ({ outcome }) => expect(outcome).toMatchObject({ said: "hello Ada\n", exitCode: 7 }),
  },
  33: {
    before: [talkingPod],
    running: "web-0",
    equal: ["text"],
    after: async ({ outcome }) => {
      rmSync(String(outcome["folder"]), { recursive: true });
      expect(outcome["text"]).toContain("root:");
    },
  },
  34: {
    before: [talkingPod],
    running: "web-0",
    equal: ["lines"],
    after: async ({ outcome }) => expect(outcome["lines"]).toEqual(["web-0: one", "web-0: two"]),
  },
  35: {
    before: [talkingPod],
    running: "web-0",
    equal: ["text", "exitCode"],
    after: async ({ outcome }) => expect(outcome).toMatchObject({ text: "looked\n", exitCode: 4 }),
  },
  36: {
    before: [talkingPod],
    running: "web-0",
    serving: true,
    equal: ["text"],
    after: async ({ outcome }) => expect(outcome["text"]).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*hello$/),
  },
};

const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.docs.kubewright.dev" },
  spec: {
    group: "docs.kubewright.dev",
    scope: "Namespaced",
    names: { plural: "widgets", singular: "widget", kind: "Widget" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { spec: { type: "object", properties: { size: { type: "integer" } } } },
          },
        },
      },
    ],
  },
} as KubernetesObject;

describe("docs/coming-from-client-node.md", () => {
  let cluster: Cluster;
  const namespaces: string[] = [];

  beforeAll(async () => {
    vi.stubEnv("KUBECONFIG", inject("controlPlane").admin.kubeconfig);
    cluster = await connect({ fieldManager: "before" });
    await cluster.applyAll([definition]);
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    removeModules();
    const { namespaces: all } = cluster.api(CoreV1);
    await Promise.all(namespaces.map((name) => all.delete(name)));
    await cluster.close();
  });

  test("each of its calls is expected something of here", () => {
    expect(first?.title).toBe("First: connect");
    expect(sections.map(({ title }) => Number.parseInt(title, 10))).toEqual(Object.keys(expectations).map(Number));
  });

  test.each(sections)("$title", async (section) => {
    const number = Number.parseInt(section.title, 10);
    const { before = [], running, serving = false, equal, after } = expectations[number] ?? { equal: [] };
    // The pods of the test node share the network of this machine.
    await using server = serving ? await startServer() : undefined;
    const port = server?.port ?? 8080;
    const outcomes: unknown[] = [];
    for (const side of ["left", "right"] as const) {
      const namespace = `docs-${suffix}-${number}-${side}`;
      namespaces.push(namespace);
      await makeNamespace(cluster, namespace);
      for (const object of before) {
        const { metadata } = object;
        await cluster.apply({ ...object, metadata: { ...metadata, namespace } });
      }
      if (running !== undefined) await untilItSpoke(cluster, namespace, running);
      const text = section[side].replaceAll("8080", String(port));
      const outcome = await runModule(writeModule(first!, { ...section, [side]: text }, side, namespace));
      await after?.({ cluster, namespace, outcome });
      for (const name of equal) expect(outcome).toHaveProperty(name);
      outcomes.push(equal.map((name) => comparable(outcome[name], namespace)));
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  });
});

/** A server that says hello. */
async function startServer(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((_, response) => void response.setHeader("date", "").end("hello"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    server.close();
    await once(server, "close");
  };
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close };
}

/** A namespace with what the controllers put into it: without a service account no pod is let in. */
async function makeNamespace(cluster: Cluster, name: string): Promise<void> {
  const core = cluster.api(CoreV1);
  await core.namespaces.create({ metadata: { name } });
  await vi.waitFor(
    async () => {
      await core.serviceAccounts.in(name).get("default");
      await core.configMaps.in(name).get("kube-root-ca.crt");
    },
    { timeout: 15_000, interval: 20 },
  );
}

async function untilItSpoke(cluster: Cluster, namespace: string, name: string): Promise<void> {
  const log = async (): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of cluster.api(CoreV1).pods.in(namespace).log(name)) lines.push(line);
    return lines;
  };
  await vi.waitFor(async () => expect(await log()).toHaveLength(2), { timeout: 30_000, interval: 100 });
}

/** As JSON, without what must differ: ids, versions and times of objects, fractions of seconds, the namespace's name. */
function comparable(value: unknown, namespace: string): unknown {
  const different = new Set(["uid", "resourceVersion", "creationTimestamp", "managedFields"]);
  const text = JSON.stringify(value, (key, inner: unknown) => (different.has(key) ? undefined : inner));
  return JSON.parse(text.replaceAll(namespace, "shop").replaceAll(/(T\d\d:\d\d:\d\d)\.\d+Z/g, "$1Z"));
}
