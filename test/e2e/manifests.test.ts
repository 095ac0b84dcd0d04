import { ApplyAllError, parseManifest, stringifyManifest } from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, expect, inject, test } from "vitest";
import { kubectl } from "../controlplane/kubectl.ts";
import { adminCluster } from "./support.ts";

const held = adminCluster({ fieldManager: "manifests-test" });
const suffix = Math.random().toString(36).slice(2, 8);
const namespace = `manifests-${suffix}`;
const group = `m${suffix}.example.com`;

// Twenty documents, in an order in which they could not be created one by one.
const manifest = `
# comments and empty documents do not count
---
apiVersion: ${group}/v1
kind: Gadget
metadata: {name: first, namespace: ${namespace}}
spec: {size: 3}
---
---
apiVersion: v1
kind: ConfigMap
metadata: {name: modes, namespace: ${namespace}}
data:
  text: |
    two
    lines
  folded: >-
    one
    line
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${namespace}, labels: &labels {app: web}}
spec:
  replicas: 0
  selector: {matchLabels: *labels}
  template:
    metadata: {labels: *labels}
    spec:
      containers:
      - {name: web, image: none, volumeMounts: [{name: files, mountPath: /files}]}
      volumes:
      - name: files
        configMap: {name: modes, defaultMode: 0640}
---
apiVersion: v1
kind: Namespace
metadata: {name: ${namespace}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: gadgets, singular: gadget, kind: Gadget}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties: {spec: {type: object, properties: {size: {type: integer}}}}
---
{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "${namespace}"}, "spec": {"ports": [{"port": 80}]}}
---
apiVersion: v1
kind: List
items:
${Array.from({ length: 14 }, (_, i) => `- {apiVersion: v1, kind: ConfigMap, metadata: {name: item-${i}, namespace: ${namespace}}, data: {i: "${i}"}}`).join("\n")}
`;

afterAll(async () => {
  await held.cluster.api(CoreV1).namespaces.delete(namespace);
  await held.cluster.api(ApiextensionsV1).customResourceDefinitions.delete(`gadgets.${group}`);
});

test("a manifest of 20 documents is applied, namespaces and definitions first, and again without a change", async () => {
  const objects = await parseManifest(manifest);
  expect(objects).toHaveLength(20);
  const first = await held.cluster.applyAll(parseManifest(manifest));
  expect(first.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
    objects.map(({ kind, metadata }) => `${kind} ${metadata?.name}`),
  );
  const second = await held.cluster.applyAll(objects);
  // Controllers write to the status of the others.
  const quiet = (list: typeof first): string[] =>
    list.filter(({ kind }) => /ConfigMap|Service|Gadget/.test(kind)).map(({ metadata }) => metadata.resourceVersion);
  expect(quiet(second)).toEqual(quiet(first));
  expect(quiet(first)).toHaveLength(17);
  const gadgets = held.cluster.resource<{ spec?: { size?: number } }>({
    group,
    version: "v1",
    plural: "gadgets",
    kind: "Gadget",
    namespaced: true,
  });
  expect((await gadgets.in(namespace).get("first")).spec).toEqual({ size: 3 });
  const web = await (
    await held.cluster.find<{ spec: { template: { spec: { volumes: { configMap: { defaultMode: number } }[] } } } }>(
      "deploy",
    )
  )
    .in(namespace)
    .get("web");
  expect(web.spec.template.spec.volumes[0]?.configMap.defaultMode).toBe(0o640);
  const modes = await held.cluster.api(CoreV1).configMaps.in(namespace).get("modes");
  expect(modes.data).toEqual({ text: "two\nlines\n", folded: "one line" });
});

test("what fails is named with its reason, and the rest is applied", async () => {
  const objects = await parseManifest(`
{apiVersion: v1, kind: ConfigMap, metadata: {name: good, namespace: ${namespace}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: "Not Good", namespace: ${namespace}}}
---
{apiVersion: example.com/v9, kind: Nothing, metadata: {name: x}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: also-good, namespace: ${namespace}}}
`);
  const error = (await held.cluster.applyAll(objects).catch((caught: unknown) => caught)) as ApplyAllError;
  expect(error).toBeInstanceOf(ApplyAllError);
  expect(error.applied.map(({ metadata }) => metadata.name)).toEqual(["good", "also-good"]);
  expect(error.failures.map(({ object }) => object.metadata?.name)).toEqual(["Not Good", "x"]);
  expect(error.message).toMatch(
    /^ApplyFailed: 2 of 4 .*ConfigMap .*Not Good.*the server has no Nothing in example.com\/v9/s,
  );
});

test("objects of any kind are read, created, updated, patched and deleted by what they say of themselves", async () => {
  const { cluster } = held;
  const object = {
    apiVersion: `${group}/v1`,
    kind: "Gadget",
    metadata: { name: "by-object", namespace },
    spec: { size: 1 },
  };
  const created = await cluster.create(object);
  expect(await cluster.get<typeof object>(object)).toEqual(created);
  const updated = await cluster.update({ ...created, spec: { size: 2 } });
  expect(updated.spec.size).toBe(2);
  const patched = await cluster.patch<typeof object>(object, { merge: { spec: { size: 3 } } });
  expect(patched.spec.size).toBe(3);
  await expect(cluster.update(created)).rejects.toMatchObject({ reason: "Conflict" });
  await expect(cluster.create(object)).rejects.toMatchObject({ reason: "AlreadyExists" });
  expect(await cluster.delete(object)).toMatchObject({ done: true });
  await expect(cluster.get(object)).rejects.toMatchObject({ reason: "NotFound" });
});

test("deleteAll takes away what applyAll brought, and says the same once it is gone", async () => {
  const own = `going-${suffix}`;
  const objects = await parseManifest(`
{apiVersion: v1, kind: Namespace, metadata: {name: ${own}}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.${own}.example.com}
spec:
  group: ${own}.example.com
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
---
{apiVersion: ${own}.example.com/v1, kind: Thing, metadata: {name: a, namespace: ${own}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: ${own}}}
`);
  await held.cluster.applyAll(objects);
  const first = await held.cluster.deleteAll(objects);
  // A namespace goes when its contents are gone, and a definition when its objects are.
  expect(first.map(({ done }) => done).slice(2)).toEqual([true, true]);
  await expect
    .poll(
      async () => {
        held.cluster.discovery.refresh();
        return (await held.cluster.deleteAll(objects)).map(({ done, status }) => [done, status?.reason]);
      },
      { timeout: 60_000 },
    )
    .toEqual(objects.map(() => [true, "NotFound"]));
});

test("one object of any kind can be applied", async () => {
  const applied = await held.cluster.apply({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "single", namespace, labels: { owned: "yes" } },
  });
  expect(applied.metadata.managedFields).toMatchObject([{ manager: "manifests-test", operation: "Apply" }]);
});

test("kubectl applies what stringifyManifest writes, and prints the same text", async () => {
  const info = inject("controlPlane");
  const texts = [
    "",
    "yes",
    "012",
    "1e3",
    "0o7",
    "~",
    " a ",
    "# x",
    "a: b",
    "two\nlines\n",
    "\ta\u2028",
    "a 😀",
    "=",
    "1:30",
    "2001-01-01",
  ];
  const data = Object.fromEntries([...texts, "word ".repeat(40)].map((text, index) => [`key-${index}`, text]));
  const metadata = {
    namespace,
    annotations: { "example.com/yes": "no", "example.com/10": "10", "example.com/9": "9" },
  };
  const objects = ["written-a", "written-b"].map((name) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { ...metadata, name },
    data,
  }));
  await kubectl(info, ["apply", "--server-side", "-f", "-"], { input: await stringifyManifest(objects) });
  for (const object of objects) {
    const found = await held.cluster.get<typeof object>(object);
    expect(found.data).toEqual(data);
    const place = ["configmap", object.metadata.name, "-n", namespace];
    const { stdout } = await kubectl(info, ["get", ...place, "-o", "yaml", "--show-managed-fields"]);
    expect(await stringifyManifest([found])).toBe(stdout);
    expect(await parseManifest(stdout)).toEqual([found]);
  }
});
