// A page behind a proxy of the same origin, which may make no code out of text.
import { isNotFound, parseManifest } from "@kubewright/core";
import { createCluster, createWebTransport } from "@kubewright/core/web";
import { AppsV1 } from "@kubewright/api/apps/v1";
import { CoreV1 } from "@kubewright/api/core/v1";
import { connectProxy, createStore } from "@kubewright/browser";
import { informer } from "@kubewright/runtime";

function makesCode() {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- it must fail
    return Function("return true")();
  } catch {
    return false;
  }
}

/** The same pod, through a shared worker, an informer and a store. */
async function shown() {
  const warnings = [];
  const cluster = connectProxy({
    baseUrl: "/k8s",
    worker: () => new SharedWorker(new URL("./watches.mjs", import.meta.url), { type: "module" }),
    onWarning: (text) => warnings.push(text),
  });
  const store = createStore(informer(cluster.api(CoreV1).pods.in("default")));
  const items = await new Promise((resolve) =>
    store.subscribe((snapshot) => snapshot.synced && resolve(snapshot.items)),
  );
  // The recorded server takes no subscriptions, and the worker says so.
  if (warnings.length !== 1 || !warnings[0].includes("no subscriptions")) throw new Error(warnings.join("; "));
  return items[0].metadata.name === "web-0";
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
  if (!(await shown())) throw new Error("the store shows another pod");
  return [items[0].metadata.name, isNotFound(error), data.a, spec.replicas, ...seen].join(" ");
}

run().then(
  (text) => fetch(`/report/${encodeURIComponent(text)}`),
  (error) => fetch(`/report/${encodeURIComponent(`failed: ${error}`)}`),
);
