import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createCluster } from "@kubewright/core";
import { CoreV1 } from "kubewright/core/v1";
import { expect, test } from "vitest";
import { recordingTransport } from "../support/recording-transport.ts";

// A server of another version: it serves groups, kinds, verbs, scopes and fields that this client has never heard of.
const root = join(dirname(createRequire(import.meta.url).resolve("@kubewright/core/package.json")), "..", "..");

interface DiscoveryList {
  items: { metadata: { name?: string }; versions: { version: string; resources: Record<string, unknown>[] }[] }[];
}

const read = (name: string): DiscoveryList =>
  JSON.parse(readFileSync(join(root, "openapi/discovery", name), "utf8")) as DiscoveryList;

function skewed(list: DiscoveryList): object {
  for (const { versions } of list.items) {
    for (const version of versions) {
      Object.assign(version, { freshness: "Lukewarm", newInNextVersion: { deep: [1] } });
      for (const resource of version.resources)
        Object.assign(resource, { verbs: [...(resource["verbs"] as string[]), "teleport"], colour: "blue" });
    }
  }
  return {
    ...list,
    items: [
      ...list.items,
      {
        metadata: { name: "quantum.k8s.io", unknown: true },
        versions: [
          {
            version: "v3beta7",
            resources: [
              {
                resource: "qubits",
                scope: "Namespaced",
                singularResource: "qubit",
                shortNames: ["qb"],
                responseKind: { group: "", version: "", kind: "Qubit" },
                verbs: ["get", "list", "patch", "teleport"],
                subresources: [
                  {
                    subresource: "entangle",
                    responseKind: { group: "", version: "", kind: "Entanglement" },
                    verbs: ["teleport", "create"],
                  },
                ],
              },
              { resource: "bare" },
            ],
          },
          { version: "v9", freshness: "Stale" },
        ],
      },
    ],
    kind: "APIGroupDiscoveryList",
  };
}

const newerPod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p", namespace: "default", resourceVersion: "1", hologram: "yes" },
  spec: { containers: [{ name: "a", image: "b", gravity: { g: 9.81 } }], futureSpec: [1, { two: null }] },
  status: { phase: "Levitating", futureStatus: 12345678901234 },
};

function setUp() {
  const transport = recordingTransport(({ path, method, body }) => {
    if (path === "/api") return { json: skewed(read("api.json")) };
    if (path === "/apis") return { json: skewed(read("apis.json")) };
    if (method === "PUT") return { json: JSON.parse(body as string) as unknown };
    return {
      json: path.includes("qubits")
        ? { apiVersion: "quantum.k8s.io/v3beta7", kind: "Qubit", metadata: { name: "q" }, phase: 0.5 }
        : newerPod,
    };
  });
  return { cluster: createCluster({ transport, userAgent: "test" }), requests: transport.requests };
}

test("discovery keeps what it does not know, and find reaches it", async () => {
  const { cluster, requests } = setUp();
  const qubits = await cluster.find("qb");
  expect(qubits.resource).toMatchObject({
    group: "quantum.k8s.io",
    version: "v3beta7",
    kind: "Qubit",
    verbs: expect.arrayContaining(["teleport"]),
  });
  const qubit = await qubits.in("lab").get("q");
  expect(qubit).toMatchObject({ kind: "Qubit", phase: 0.5 });
  expect(requests.at(-1)?.path).toBe("/apis/quantum.k8s.io/v3beta7/namespaces/lab/qubits/q");
  const entangle = (
    qubits.in("lab") as unknown as Record<string, { create(name: string, object: object): Promise<unknown> }>
  )["entangle"];
  await entangle?.create("q", { with: "r" });
  expect(requests.at(-1)?.path).toBe("/apis/quantum.k8s.io/v3beta7/namespaces/lab/qubits/q/entangle");
  const groups = await cluster.discovery.groups();
  expect(groups.at(-1)?.versions).toMatchObject([
    { version: "v3beta7", stale: false },
    { version: "v9", stale: true, resources: [] },
  ]);
  await expect(qubits.in("lab").delete("q")).rejects.toThrow("cannot delete; it can get, list, patch, teleport");
});

test("fields of a newer server survive get, change and update", async () => {
  const { cluster, requests } = setUp();
  const pods = cluster.api(CoreV1).pods.in("default");
  const updated = await pods.modify("p", (pod) => {
    pod.metadata.labels = { touched: "yes" };
  });
  const sent = { ...newerPod, metadata: { ...newerPod.metadata, labels: { touched: "yes" } } };
  expect(JSON.parse(requests.at(-1)?.body as string)).toEqual(sent);
  expect(updated).toEqual(sent);
});
