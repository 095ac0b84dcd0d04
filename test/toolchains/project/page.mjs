// A page behind a proxy of the same origin, which may make no code out of text.
import { isNotFound, parseManifest } from "@kubewright/core";
import { createCluster, createWebTransport } from "@kubewright/core/web";
import { AppsV1 } from "@kubewright/api/apps/v1";
import { CoreV1 } from "@kubewright/api/core/v1";

function makesCode() {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- it must fail
    return Function("return true")();
  } catch {
    return false;
  }
}

async function run() {
  if (makesCode()) throw new Error("the policy of this page does not hold");
  const cluster = createCluster({
    transport: createWebTransport({ server: "/k8s" }),
    protobuf: () => import("@kubewright/protobuf").then((module) => module.protobuf),
  });
  const core = cluster.api(CoreV1);
  const pods = core.pods.in("default");
  const { items } = await pods.list({ labelSelector: { app: "web" } });
  const error = await pods.get("none").catch((caught) => caught);
  const [manifest] = await parseManifest(
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata:\n  a: b\n",
  );
  const { data } = await core.configMaps.in("default").create(manifest);
  const { spec } = await cluster
    .api(AppsV1)
    .deployments.in("default")
    .apply({ metadata: { name: "web" }, spec: { replicas: 3 } }, { fieldManager: "toolchains" });
  const seen = [];
  for await (const event of pods.watch()) {
    seen.push(event.type);
    if (seen.length === 2) break;
  }
  return [items[0].metadata.name, isNotFound(error), data.a, spec.replicas, ...seen].join(" ");
}

run().then(
  (text) => fetch(`/report/${encodeURIComponent(text)}`),
  (error) => fetch(`/report/${encodeURIComponent(`failed: ${error}`)}`),
);
