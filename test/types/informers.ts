// What informers and watchers take and give. Compiled, never run.
/* oxlint-disable typescript/no-floating-promises, no-unused-expressions */
import {
  type Cluster,
  type Informer,
  informer,
  type KubernetesObject,
  type Lists,
  type Stored,
  type Watches,
  watcher,
} from "kubewright";
import { AppsV1, type Deployment } from "kubewright/apps/v1";
import { CoreV1, type Pod } from "kubewright/core/v1";
import { AuthorizationV1 } from "kubewright/authorization/v1";
import { type Equal, sure } from "./equal.ts";

declare const cluster: Cluster;
const core = cluster.api(CoreV1);
const deployments = cluster.api(AppsV1).deployments;

export async function reading(): Promise<void> {
  await using cache = informer(core.pods, { index: { node: (pod) => [pod.spec.nodeName], owner: () => undefined } });
  const pod = cache.get("web-0", "shop");
  // What the server always sends is there, the object itself may not be.
  pod?.metadata.uid.length;
  pod?.spec.containers[0]?.name;
  // @ts-expect-error there may be no such object
  pod.metadata;
  cache.list({ labelSelector: { app: "web" }, namespace: "shop" })[0]?.status.phase;
  // @ts-expect-error a typo
  cache.list({ labelSelectors: "app=web" });
  cache.byIndex("node", "n1")[0]?.metadata.name;
  cache.keys("owner")[0]?.length;
  // @ts-expect-error there is no such index
  cache.byIndex("nodes", "n1");
  // @ts-expect-error a value is text
  cache.byIndex("node", 1);
  sure<Equal<typeof cache.health.state, "listing" | "streaming" | "recovering" | "gone" | "stopped">>();
  await cache.synced({ timeoutMs: 5000, waitForAccess: true });
  // @ts-expect-error a resourceVersion is text
  await cache.atLeast(5);
}

export function readonly(): void {
  const cache = informer(deployments);
  const deployment = cache.get("web", "shop");
  if (deployment === undefined) return;
  // @ts-expect-error it belongs to all
  deployment.metadata.labels = {};
  // @ts-expect-error however deep
  deployment.spec.template.spec!.containers[0]!.image = "other";
  // @ts-expect-error lists too
  deployment.spec.template.spec!.containers.push({ name: "a" });
  // A list of one's own may be changed.
  cache.list().push(deployment);
  // @ts-expect-error an index sees the same objects
  informer(deployments, { index: { a: (one) => [(one.metadata.name = "b")] } });
}

export function indexes(): void {
  const without = informer(core.pods);
  // @ts-expect-error it has no index
  without.byIndex("node", "n1");
  // @ts-expect-error values are a list
  informer(core.pods, { index: { node: (pod) => pod.spec.nodeName } });
  // @ts-expect-error values are texts
  informer(core.pods, { index: { port: (pod) => pod.spec.containers.map(({ ports }) => ports?.[0]?.containerPort) } });
  // @ts-expect-error there is no such field
  informer(core.pods, { index: { node: (pod) => [pod.spec.node] } });
  // @ts-expect-error a typo in an option
  informer(core.pods, { indexes: { node: () => [] } });
}

export function selected(): void {
  const cache = informer(core.pods, {
    select: { spec: { nodeName: true, containers: { image: true } }, metadata: { labels: true } },
    index: { node: (pod) => [pod.spec.nodeName] },
  });
  const pod = cache.byIndex("node", "n1")[0];
  if (pod === undefined) return;
  pod.metadata.labels;
  pod.spec.containers.map(({ image }) => image);
  // @ts-expect-error it was left out
  pod.spec.containers[0]?.name;
  // @ts-expect-error also from metadata
  pod.metadata.annotations;
  // @ts-expect-error a part of a pod cannot be written
  core.pods.in("shop").update(pod);
  // @ts-expect-error nor whole ones that belong to the cache
  core.pods.in("shop").update(informer(core.pods).list()[0]!);
  core.pods.in("shop").update(structuredClone(informer(core.pods).list()[0]!) as Stored<Pod>);
  cache.subscribe(({ object }) => {
    // @ts-expect-error nor is it there in events
    object.status;
  });
  // @ts-expect-error there is no such field
  informer(core.pods, { select: { spec: { node: true } } });
  // @ts-expect-error an index sees what is selected
  informer(core.pods, { select: { status: { phase: true } }, index: { node: (one) => [one.spec.nodeName] } });
}

export async function events(): Promise<void> {
  const cache = informer(core.pods);
  for await (const event of cache.subscribe()) {
    if (event.type === "added") {
      sure<Equal<typeof event.previous, undefined>>();
    } else event.previous.metadata.name;
    // @ts-expect-error there is no such event
    event.type === "modified";
  }
  const subscription = cache.subscribe(async ({ type, object, previous }) => {
    if (type === "updated") object.status.phase === previous.status.phase;
  });
  await subscription.close();
  // @ts-expect-error it is told to a handler
  subscription[Symbol.asyncIterator];
  cache.subscribe((event) => void event, { signal: new AbortController().signal });
  // @ts-expect-error a handler is a function
  cache.subscribe("handler");
  informer(core.pods, {
    onError(error, failure) {
      if (failure.in === "handler") failure.event.object.spec.nodeName;
      else failure.index.length;
      // @ts-expect-error anything can be thrown
      error.message;
    },
  });
}

export async function selectedOfWatchers(): Promise<void> {
  // @ts-expect-error a typo beside a right name
  informer(core.pods, { select: { spec: { nodeName: true, hostNam: true } } });
  // @ts-expect-error configmaps have no spec
  informer(core.configMaps, { select: { spec: true } });
  informer(core.pods.metadata, { select: { metadata: { labels: true } } }).get("a", "b")?.metadata.labels;
  for await (const event of watcher(core.pods, { select: { status: { phase: true } } })) {
    if (event.type !== "apply") continue;
    sure<Equal<keyof typeof event.object.status, "phase">>();
    // @ts-expect-error it was not chosen
    event.object.spec;
  }
  for await (const event of watcher(core.pods)) {
    // A watcher's objects are nobody else's.
    if (event.type === "apply") event.object.metadata.labels = {};
  }
  // @ts-expect-error a typo in a watcher's mask
  watcher(core.pods, { select: { spec: { nodeNam: true } } });
}

export function resources(): void {
  // @ts-expect-error reviews can only be created
  informer(cluster.api(AuthorizationV1).selfSubjectAccessReviews);
  // @ts-expect-error component statuses cannot be watched
  informer(core.componentStatuses);
  // @ts-expect-error nor by a watcher
  watcher(core.componentStatuses);
  // @ts-expect-error a cluster is no resource
  informer(cluster);
  informer(core.pods.in("shop"));
  informer(core.nodes).get("n1");
  informer(core.pods.metadata).get("web-0", "shop")?.metadata.labels;
  // @ts-expect-error there is only metadata
  informer(core.pods.metadata).get("web-0", "shop")?.spec;
}

/** Fields and functions can name their types. */
export class Controller<T extends KubernetesObject> {
  readonly pods: Informer<Pod, "node">;
  readonly plain: Informer<Deployment> = informer(deployments);
  readonly any: Informer<T>;
  constructor(resource: Lists<T> & Watches<T>) {
    this.pods = informer(core.pods, { index: { node: (pod) => [pod.spec.nodeName] } });
    this.any = informer(resource);
    // @ts-expect-error of another kind
    this.pods = informer(deployments, { index: { node: () => [] } });
  }
}
