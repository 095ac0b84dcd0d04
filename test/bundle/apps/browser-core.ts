import { CoreV1 } from "@kubewright/api/core/v1";
import { createCluster, createWebTransport } from "@kubewright/core/web";

/** What a dashboard does: every verb, watches, logs, discovery, manifests and raw requests. Gives what each answered. */
export async function main(fetch: typeof globalThis.fetch): Promise<Record<string, unknown>> {
  const cluster = createCluster({ transport: createWebTransport({ server: "https://cluster.test/k8s", fetch }) });
  const pods = cluster.api(CoreV1).pods.in("default");
  const manager = { fieldManager: "page" };
  const first = async (values: AsyncIterable<unknown>): Promise<unknown> => {
    for await (const value of values) return value;
    return undefined;
  };
  const pod = await pods.get("web-0");
  const answers = {
    get: pod.metadata.name,
    list: (await pods.list({ labelSelector: "app in (web)" })).items.length,
    table: (await pods.table()).rows?.length,
    metadata: (await pods.metadata.list()).items.length,
    each: await first(pods.each({ limit: 2 })),
    watch: await first(pods.watch()),
    log: await first(pods.log("web-0")),
    create: await pods.create({ spec: { containers: [] } }, manager),
    update: await pods.update(pod, manager),
    modify: await pods.modify("web-0", (changed) => {
      changed.metadata.labels = { a: "b" };
    }),
    patch: await pods.patch("web-0", { merge: {} }, manager),
    apply: await pods.apply({ metadata: { name: "web-0" } }, manager),
    delete: (await pods.delete("web-0")).done,
    deleteCollection: await pods.deleteCollection({ fieldSelector: "metadata.name=web-0" }),
    impersonated: (await pods.get("web-0", { impersonate: { user: "jane" } })).kind,
    refused: await pods.get("gone").catch((error: unknown) => (error as Error).message),
    found: (await cluster.find("po")).resource.plural,
    applied: (await cluster.applyAll([{ apiVersion: "v1", kind: "Pod", metadata: { name: "web-0" } }], manager)).length,
    version: (await cluster.version()).gitVersion,
    info: (await cluster.info()).controlPlane,
    raw: await (await cluster.request({ path: "/readyz" })).text(),
  };
  await cluster.close();
  return answers;
}
