// Keeps a ConfigMap for each Lighthouse of a namespace, until Ctrl-C: node examples/operator.ts [NAMESPACE]
// manifests/lighthouse.yaml defines what a Lighthouse is.
import { setTimeout } from "node:timers/promises";
import { type Cached, connect, informer, isKubeError, type KubernetesObject, ownerReference } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

interface Lighthouse extends KubernetesObject {
  spec: { height: number; colour?: "red" | "white" };
  status?: { lit?: boolean };
}

const [namespace] = process.argv.slice(2);
const cluster = await connect({ fieldManager: "lighthouse-operator" });
const configMaps = cluster.api(CoreV1).configMaps.in(namespace);
const lighthouses = cluster
  .resource<Lighthouse>({
    group: "examples.kubewright.dev",
    version: "v1",
    plural: "lighthouses",
    kind: "Lighthouse",
    namespaced: true,
  })
  .in(namespace);

const stop = new AbortController();
const { signal } = stop;
process.once("SIGINT", () => stop.abort());

/** Brings the world to what the object says. Done twice, it changes nothing. */
async function reconcile(lighthouse: Cached<Lighthouse>): Promise<void> {
  const { spec, status, metadata } = lighthouse;
  // Its ConfigMap goes with it, by the owner reference.
  if (metadata.deletionTimestamp !== undefined) return;
  await configMaps.apply(
    {
      metadata: {
        name: `lighthouse-${metadata.name}`,
        ownerReferences: [ownerReference(lighthouse, { controller: true })],
      },
      data: { height: `${spec.height} m`, colour: spec.colour ?? "white" },
    },
    // Whatever others changed of these fields is changed back.
    { force: true, signal },
  );
  if (status?.lit !== true)
    await lighthouses.status.patch(metadata.name, { merge: { status: { lit: true } } }, { signal });
  console.log(`${metadata.name} is kept, version ${metadata.generation}`);
}

/** The same, until it succeeds or the object is gone. */
async function keep(name: string): Promise<void> {
  for (let wanted = cache.get(name); wanted !== undefined; wanted = cache.get(name)) {
    try {
      await reconcile(wanted);
      return;
    } catch (error) {
      if (signal.aborted || !isKubeError(error)) throw error;
      console.error(error.message);
      await setTimeout(1000, undefined, { signal });
    }
  }
}

// Every five minutes all are looked at again, and with them what others did to their ConfigMaps.
const cache = informer(lighthouses, { resyncMs: 300_000, signal });
try {
  for await (const { type, object } of cache.subscribe()) {
    if (type === "deleted") console.log(`${object.metadata.name} is gone`);
    else await keep(object.metadata.name);
  }
} catch (error) {
  if (!signal.aborted) throw error;
}
await cluster.close();
