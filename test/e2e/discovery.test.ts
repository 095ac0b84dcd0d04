import { isDeepStrictEqual, stripVTControlCharacters } from "node:util";
import { InputError } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { describe, expect, inject, test } from "vitest";
import { kubectl } from "../controlplane/kubectl.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster({ fieldManager: "discovery-test" });
const own = ownNamespace(held);

async function kubectlRows(): Promise<string[]> {
  const { stdout } = await kubectl(inject("controlPlane"), ["api-resources", "--no-headers", "-o", "wide"]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/))
    .map((row) => {
      const at = row.findIndex((cell) => cell === "true" || cell === "false");
      const [name, apiVersion, namespaced, kind, verbs] = [row[0], row[at - 1], row[at], row[at + 1], row[at + 2]];
      return [name, at === 3 ? row[1] : "", apiVersion, namespaced, kind, verbs?.split(",").sort().join(",")].join(" ");
    });
  return rows.sort();
}

async function ownRows(): Promise<string[]> {
  const resources = await held.cluster.discovery.resources();
  const rows = resources.map(({ plural, shortNames, group, version, namespaced, kind, verbs }) => {
    const apiVersion = group === "" ? version : `${group}/${version}`;
    return [plural, shortNames.join(","), apiVersion, namespaced, kind, [...verbs].sort().join(",")].join(" ");
  });
  return rows.sort();
}

describe("discovery", () => {
  test("resources are those of kubectl api-resources, row by row", async () => {
    // Other tests make and delete custom resources meanwhile: what counts is a moment in which kubectl says the same twice.
    const { ours, theirs } = await eventually(async () => {
      const before = await kubectlRows();
      held.cluster.discovery.refresh();
      const between = await ownRows();
      const after = await kubectlRows();
      return isDeepStrictEqual(before, after) ? { ours: between, theirs: before } : undefined;
    }, "no resource comes or goes");
    expect(ours).toEqual(theirs);
  });

  test("is read once for all who ask, and again after refresh", async () => {
    const { discovery } = held.cluster;
    const first = await discovery.groups();
    expect(await discovery.groups()).toBe(first);
    discovery.refresh();
    expect(await discovery.groups()).not.toBe(first);
    expect(first[0]).toMatchObject({ name: "", versions: [{ version: "v1", stale: false }] });
  });

  test.each([
    ["deploy", "apps/v1 deployments"],
    ["Deployment", "apps/v1 deployments"],
    ["po", "/v1 pods"],
    ["events.events.k8s.io", "events.k8s.io/v1 events"],
    ["horizontalpodautoscalers.v1.autoscaling", "autoscaling/v1 horizontalpodautoscalers"],
    ["cs", "/v1 componentstatuses"],
  ])("find finds %s", async (name, expected) => {
    const { group, version, plural } = (await held.cluster.find(name)).resource;
    expect(`${group}/${version} ${plural}`).toBe(expected);
  });

  test("find by kind gives a client that works; what is not there names the nearest", async () => {
    const found = await held.cluster.find({ apiVersion: "v1", kind: "ConfigMap" });
    const created = await found.in(own.namespace).create({ metadata: { name: "dynamic" }, data: { a: "1" } });
    expect(created).toMatchObject({ kind: "ConfigMap", data: { a: "1" } });
    const errors = await Promise.all(
      ["deploymnts", { apiVersion: "v1", kind: "Deployment" }, { apiVersion: "v1", kind: "ConfigMpa" }].map((query) =>
        held.cluster.find(query).catch((error: unknown) => error as Error),
      ),
    );
    expect(errors.map((error) => error instanceof InputError)).toEqual([true, true, true]);
    expect(errors.map((error) => (error as Error).message)).toEqual([
      'Invalid resource: the server has no "deploymnts"; did you mean deployments? (get /apis)',
      "Invalid apiVersion: the server has no Deployment in v1; it has it in apps/v1 (get /apis)",
      "Invalid kind: the server has no ConfigMpa in v1; did you mean ConfigMap? (get /apis)",
    ]);
  });
});

describe("cluster", () => {
  test("version() says what kubectl version says", async () => {
    const { stdout } = await kubectl(inject("controlPlane"), ["version", "-o", "json"]);
    const { serverVersion } = JSON.parse(stdout) as { serverVersion: object };
    expect(await held.cluster.version()).toEqual(expect.objectContaining(serverVersion));
  });

  test("info() says what kubectl cluster-info says", async () => {
    const services = held.cluster.api(CoreV1).services.in("kube-system");
    const labels = { "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS" };
    await services.create({
      metadata: { name: "kube-dns", labels },
      spec: { ports: [{ name: "dns", port: 53, protocol: "UDP" }] },
    });
    try {
      const { stdout } = await kubectl(inject("controlPlane"), ["cluster-info"]);
      const plain = stripVTControlCharacters(stdout);
      const theirs = [...plain.matchAll(/^(.+) is running at (\S+)$/gm)].map(([, name, url]) => [name, url]);
      const info = await held.cluster.info();
      const ours = [
        ["Kubernetes control plane", info.controlPlane],
        ...info.services.map(({ name, url }) => [name, url]),
      ];
      expect(ours).toEqual(theirs);
      expect(ours).toHaveLength(2);
    } finally {
      await services.delete("kube-dns");
    }
  });

  test("request() gives text, JSON and errors of raw paths", async () => {
    expect(await (await held.cluster.request({ path: "/readyz" })).text()).toBe("ok");
    const answer = await held.cluster.request({ path: "/api/v1/namespaces", query: { limit: 1 } });
    expect(await answer.json()).toMatchObject({ kind: "NamespaceList" });
    await expect(held.cluster.request({ path: "/nothing/here" })).rejects.toMatchObject({
      name: "StatusError",
      statusCode: 404,
    });
  });
});
