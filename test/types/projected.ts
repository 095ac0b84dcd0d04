// What is selected of objects, and what that leaves. Compiled, never run.
/* oxlint-disable typescript/no-floating-promises, no-unused-expressions */
import type {
  Cluster,
  ClusterObject,
  DeepReadonly,
  DynamicObject,
  KubernetesObject,
  Lists,
  Projected,
  SelectMaskOf,
  SelectOf,
  Stored,
} from "kubewright";
import { controllerOf, findCondition, hasFinalizer, isOwnedBy, isReady, ownerReference } from "kubewright";
import { AppsV1, type Deployment } from "kubewright/apps/v1";
import { CoreV1, type ConfigMap, type Container, type Node, type Pod } from "kubewright/core/v1";
import type { ObjectMeta } from "kubewright/meta/v1";
import { type Equal, sure } from "./equal.ts";

declare const cluster: Cluster;
const pods = cluster.api(CoreV1).pods.in("default");
const configMaps = cluster.api(CoreV1).configMaps.in("default");
const deployments = cluster.api(AppsV1).deployments.in("default");

declare function read<T, const S extends SelectMaskOf<T>>(resource: Lists<T>, select: SelectOf<T, S>): Projected<T, S>;

export function masks(): void {
  read(pods, { spec: { nodeName: true, containers: { name: true, resources: { limits: true } } } });
  read(pods, { metadata: { labels: true }, status: true });
  read(pods, {});
  // @ts-expect-error a typo
  read(pods, { spec: { nodeNam: true } });
  // @ts-expect-error a typo beside a right name
  read(pods, { spec: { nodeName: true, hostNam: true } });
  // @ts-expect-error a typo at the top
  read(pods, { spec: true, stauts: true });
  // @ts-expect-error a typo within the items of a list
  read(pods, { spec: { containers: { name: true, imag: true } } });
  // @ts-expect-error an index is no field
  read(pods, { spec: { containers: { 0: true } } });
  // @ts-expect-error a text has no fields
  read(pods, { spec: { nodeName: { length: true } } });
  // @ts-expect-error nor has an open enum
  read(pods, { status: { phase: { length: true } } });
  read(pods, { metadata: { labels: { app: true } } });
  // @ts-expect-error a label has no fields
  read(pods, { metadata: { labels: { app: { name: true } } } });
  // @ts-expect-error a field that is left out is not mentioned
  read(pods, { spec: { nodeName: false } });
  // @ts-expect-error managedFields have an option of their own
  read(pods, { metadata: { managedFields: true } });
  // @ts-expect-error pods have no data
  read(pods, { data: true });
  const mask: SelectMaskOf<Pod> = { spec: { nodeName: true } };
  // @ts-expect-error a typo in a mask with a type
  const wrong: SelectMaskOf<Pod> = { spec: { nodeName: true, hostNam: true } };
  void [mask, wrong];
}

export function what(): void {
  const pod = read(pods, {
    metadata: { labels: true },
    spec: { nodeName: true, containers: { name: true, resources: true } },
    status: { conditions: { type: true } },
  });
  sure<Equal<typeof pod.apiVersion, "v1">>();
  sure<Equal<typeof pod.kind, "Pod">>();
  sure<Equal<typeof pod.metadata.name, string>>();
  sure<Equal<typeof pod.metadata.namespace, string>>();
  sure<Equal<typeof pod.metadata.deletionTimestamp, string | undefined>>();
  sure<Equal<typeof pod.metadata.labels, { readonly [key: string]: string } | undefined>>();
  sure<Equal<typeof pod.spec.nodeName, string | undefined>>();
  sure<Equal<(typeof pod.spec.containers)[number]["name"], string>>();
  sure<Equal<typeof pod.status.conditions, readonly { readonly type: string }[] | undefined>>();
  sure<Equal<keyof typeof pod.spec, "nodeName" | "containers">>();
  sure<Equal<keyof (typeof pod.spec.containers)[number], "name" | "resources">>();
  sure<Equal<(typeof pod.spec.containers)[number]["resources"], DeepReadonly<Container["resources"]>>>();
  // @ts-expect-error it was not chosen
  pod.spec.hostname;
  // @ts-expect-error nor were annotations
  pod.metadata.annotations;
  // @ts-expect-error nor was anything else of the containers
  pod.spec.containers[0]?.image;
  // @ts-expect-error what was chosen belongs to all
  pod.spec.nodeName = "other";
  // @ts-expect-error however deep
  pod.spec.containers[0]!.resources!.limits!["cpu"] = "1";
  // @ts-expect-error lists too
  pod.spec.containers.push({ name: "a" });
  // @ts-expect-error and metadata
  pod.metadata.labels = {};
  const app = read(pods, { metadata: { labels: { app: true } } }).metadata.labels;
  sure<Equal<NonNullable<typeof app>["app"], string | undefined>>();
  // @ts-expect-error another label was not chosen
  app?.tier;
  const bare = read(pods, {});
  sure<Equal<keyof typeof bare, "apiVersion" | "kind" | "metadata">>();
  const whole = read(pods, { metadata: true });
  whole.metadata.annotations?.["a"]?.length;
  // @ts-expect-error nothing of the metadata may be changed
  whole.metadata.finalizers?.push("a");
  // @ts-expect-error nodes have no namespace
  read(cluster.api(CoreV1).nodes, {}).metadata.namespace satisfies string;
}

export function notWhole(): void {
  const pod = read(pods, { spec: true, status: true, metadata: true });
  // @ts-expect-error the rest would be lost
  pods.update(pod);
  // @ts-expect-error with another field too
  pods.update({ ...pod, spec: {} });
  // @ts-expect-error it has a name already
  pods.create(pod);
  // @ts-expect-error everything that is left would be owned
  pods.apply(pod);
  // @ts-expect-error nor is it what a change comes to
  pods.modify("a", () => pod);
  // @ts-expect-error nor of a status
  pods.status.update(pod);
  const map = read(configMaps, { data: true });
  // @ts-expect-error the binary data would be lost
  configMaps.update(map);
  // @ts-expect-error also without an older state to compare
  configMaps.update({ ...map, data: {} }, { overwrite: true });
  // @ts-expect-error by whatever door
  cluster.update(map);
  // @ts-expect-error
  cluster.create(map);
  // @ts-expect-error
  cluster.apply(map);
  // What is taken out of it may be written.
  const { name, resourceVersion } = map.metadata;
  configMaps.update({ metadata: { name, resourceVersion }, data: { ...map.data, a: "b" } });
  // What only names an object may be anything.
  cluster.get(map);
  cluster.delete(map);
  cluster.deleteAll([map, pod]);
  cluster.patch(pod, { merge: { metadata: { labels: { a: "b" } } } });
  // @ts-expect-error a reference has no spec
  cluster.get({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: {} });
}

interface Gate extends ClusterObject {
  metadata?: ObjectMeta;
  spec: {
    size: number;
    any?: unknown;
    open?: { a?: number; [key: string]: unknown };
    ports?: { [name: string]: { port?: number } };
  };
}
interface Hand {
  metadata?: ObjectMeta;
  spec?: { a?: string };
}

export async function kinds(gates: Lists<Gate>, hands: Lists<Hand>, anything: Lists<DynamicObject>): Promise<void> {
  const gate = read(gates, { spec: { size: true, open: { a: true, b: true, c: { d: true } }, any: true } });
  gate.spec.size satisfies number;
  gate.spec.open?.a satisfies number | undefined;
  sure<Equal<NonNullable<typeof gate.spec.open>["b"], unknown>>();
  // @ts-expect-error what is below anything has no names
  read(gates, { spec: { any: { a: true } } });
  const { ports } = read(gates, { spec: { ports: { http: { port: true }, https: true } } }).spec;
  sure<Equal<NonNullable<typeof ports>["http"], { readonly port?: number } | undefined>>();
  ports?.https?.port satisfies number | undefined;
  // @ts-expect-error it was not chosen
  ports?.ssh;
  // @ts-expect-error there is no such field
  read(gates, { spec: { ports: { http: { name: true } } } });
  const hand = read(hands, { spec: { a: true } });
  hand.spec?.a satisfies string | undefined;
  const hand2: Hand = { spec: { a: "b" } };
  cluster
    .resource<Hand>({ group: "a.b", version: "v1", plural: "hands", kind: "Hand", namespaced: true })
    .in("a")
    .update(hand2);
  cluster
    .resource<Hand>({ group: "a.b", version: "v1", plural: "hands", kind: "Hand", namespaced: true })
    .in("a")
    // @ts-expect-error kinds without marks are refused by their metadata
    .update(hand);
  const some = read(anything, { spec: { a: true }, data: true });
  sure<Equal<typeof some.data, unknown>>();
  some.metadata.uid satisfies string;
  await general(pods, "a");
}

async function general<T extends KubernetesObject>(resource: Lists<T>, name: string): Promise<void> {
  const { items } = await resource.list();
  const object = items.find(({ metadata }) => metadata.name === name);
  const kept: DeepReadonly<Stored<KubernetesObject>> | undefined = object;
  kept?.metadata.uid.length;
}

// What only looks at objects takes those that nobody may change.
export function looking(
  deployment: DeepReadonly<Stored<Deployment>>,
  map: DeepReadonly<Stored<ConfigMap>>,
  node: DeepReadonly<Stored<Node>>,
): void {
  isReady(deployment);
  findCondition(deployment, "Available")?.lastUpdateTime satisfies string | undefined;
  controllerOf(map)?.uid.length;
  isOwnedBy(map, deployment);
  ownerReference(deployment);
  hasFinalizer(node, "a/b");
  cluster.delete(deployment);
  deployment.spec.template.spec?.containers[0]?.image satisfies string | undefined;
  sure<Equal<typeof map.data, { readonly [key: string]: string } | undefined>>();
  // @ts-expect-error it is read-only
  node.metadata.labels = {};
  // @ts-expect-error however deep
  node.status.conditions?.push();
  const chosen = read(deployments, { metadata: { finalizers: true, ownerReferences: true }, spec: { replicas: true } });
  controllerOf(chosen)?.name.length;
  ownerReference(chosen);
  hasFinalizer(chosen, "a/b");
}
