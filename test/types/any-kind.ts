// Code for objects of any kind. Compiled, never run.
/* oxlint-disable typescript/no-floating-promises, no-unused-expressions */
import {
  is,
  type Cluster,
  type DynamicObject,
  type KubernetesObject,
  type Lists,
  type MetadataPatch,
  type Modifies,
  type Patches,
  type Stored,
  type WatchEvent,
} from "kubewright";
import { CoreV1, type Node, type Pod } from "kubewright/core/v1";
import { AppsV1 } from "kubewright/apps/v1";
import { type Equal, sure } from "./equal.ts";

declare const cluster: Cluster;
const core = cluster.api(CoreV1);
const pods = core.pods.in("default");
const nodes = core.nodes;

// The operations of fast-json-patch 3.1.1, core.d.ts, with which people compute patches.
interface BaseOperation {
  path: string;
}
/* oxlint-disable typescript/no-explicit-any */
interface AddOperation<T> extends BaseOperation {
  op: "add";
  value: T;
}
interface RemoveOperation extends BaseOperation {
  op: "remove";
}
interface ReplaceOperation<T> extends BaseOperation {
  op: "replace";
  value: T;
}
interface MoveOperation extends BaseOperation {
  op: "move";
  from: string;
}
interface CopyOperation extends BaseOperation {
  op: "copy";
  from: string;
}
interface TestOperation<T> extends BaseOperation {
  op: "test";
  value: T;
}
interface GetOperation<T> extends BaseOperation {
  op: "_get";
  value: T;
}
type Operation =
  | AddOperation<any>
  | RemoveOperation
  | ReplaceOperation<any>
  | MoveOperation
  | CopyOperation
  | TestOperation<any>
  | GetOperation<any>;
declare function compare(before: object, after: object): Operation[];

export function computedPatches(before: Pod, after: Pod): void {
  pods.patch("a", { json: compare(before, after) });
  nodes.patch("a", { json: [...compare(before, after), { op: "test", path: "/metadata/uid", value: "x" }] });
  cluster.patch(before, { json: compare(before, after) });
  // @ts-expect-error there is no such operation
  pods.patch("a", { json: [{ op: "set", path: "/spec", value: 1 }] });
  // @ts-expect-error add says what is added
  pods.patch("a", { json: [{ op: "add", path: "/spec" }] });
}

export async function label<T extends KubernetesObject>(client: Patches<T>, name: string): Promise<string> {
  const object = await client.patch(name, {
    merge: { metadata: { labels: { a: "b", gone: null }, annotations: null } },
  });
  await client.patch(name, { json: [{ op: "add", path: "/metadata/labels", value: {} }] });
  // @ts-expect-error the value of a label is text
  client.patch(name, { merge: { metadata: { labels: { a: 1 } } } });
  // @ts-expect-error a typo
  client.patch(name, { merge: { metadata: { lables: { a: "b" } } } });
  // @ts-expect-error not every kind has a spec
  client.patch(name, { merge: { metadata: {}, spec: { replicas: 1 } } });
  return object.metadata.name;
}

export async function touch<T extends KubernetesObject>(client: Modifies<T>, name: string): Promise<void> {
  await client.modify(name, (object) => {
    object.metadata.annotations = { ...object.metadata.annotations, touched: "yes" };
  });
}

export function helpers(): void {
  label(pods, "a");
  label(nodes, "a");
  // Clients of several kinds, for what is the same for all of them.
  const labelled: Patches<KubernetesObject, Stored<KubernetesObject>, { merge: MetadataPatch }>[] = [pods, nodes];
  for (const client of labelled) client.patch("a", { merge: { metadata: { labels: { a: "b" } } } });
  touch(pods, "a");
  touch(nodes, "a");
  const metadata = { labels: { a: "b" } };
  // @ts-expect-error metadata beside it does not hide a wrong spec
  pods.patch("a", { merge: { metadata, spec: { activeDeadlineSeconds: "60" } } });
  // @ts-expect-error nor a typo
  pods.patch("a", { merge: { metadata, spec: { activeDeadline: 60 } } });
  const merge = { metadata, spec: { activeDeadlineSeconds: "60" } };
  // @ts-expect-error nor is it hidden in a variable
  pods.patch("a", { merge });
}

export async function bothScopes(): Promise<void> {
  const all = [pods, nodes, core.pods, await cluster.find("deployments")];
  for (const client of all) {
    const { items } = await client.list({ labelSelector: "a=b" });
    for (const item of items) item.metadata.uid.length;
    for await (const object of client.each()) object.metadata.name.length;
    for await (const event of client.watch()) event.type.length;
  }
  const listed: readonly Lists<KubernetesObject>[] = [pods, nodes, core.pods];
  for (const client of listed) {
    const { items } = await client.list();
    sure<Equal<(typeof items)[number], Stored<KubernetesObject>>>();
    items[0]?.metadata.namespace satisfies string | undefined;
    // @ts-expect-error some of them live outside namespaces
    items[0]?.metadata.namespace.length;
  }
  const found = await cluster.find("nodes");
  const object = await found.get("a");
  // @ts-expect-error nobody knows whether it has one
  object.metadata.namespace.length;
  const place = found.resource.namespaced ? found.in("default") : found;
  await place.patch("a", { merge: { metadata: { labels: { a: "b" } }, spec: { any: 1 } } });
}

export function narrowing(
  object: KubernetesObject,
  dynamic: Stored<DynamicObject>,
  unknown: unknown,
  either: Stored<Pod> | Stored<Node>,
  event: WatchEvent<Stored<KubernetesObject>>,
): void {
  if (is(CoreV1.resources.pods, object)) {
    object.spec?.containers.length;
    object.kind satisfies "Pod";
    object.apiVersion satisfies "v1";
    // @ts-expect-error it may not have been stored yet
    object.metadata.uid;
  }
  if (is(pods, dynamic)) {
    dynamic.spec?.nodeName satisfies string | undefined;
    dynamic.metadata.uid satisfies string;
  }
  if (is(core.nodes, unknown)) unknown.spec?.podCIDR satisfies string | undefined;
  // @ts-expect-error it was only for the true branch
  unknown.spec;
  if (is(pods, either)) either.metadata.namespace.length;
  else either satisfies Stored<Node>;
  if (is(AppsV1.resources.deployments, event.object)) event.object.spec?.replicas satisfies number | undefined;
  if (is(cluster.api(AppsV1).deployments.in("default").scale, object)) object.kind satisfies "Scale";
  if (is(pods.metadata, object)) object.kind satisfies "PartialObjectMetadata";
  const descriptor = { group: "a.b", version: "v1", plural: "cs", kind: "C", namespaced: true } as const;
  if (is(descriptor, unknown)) {
    unknown.metadata?.name satisfies string | undefined;
    // @ts-expect-error nothing is known of its fields
    unknown.spec;
  }
  interface C extends KubernetesObject {
    spec: { size: number };
  }
  if (is(cluster.resource<C>(descriptor), unknown)) unknown.spec.size.toFixed();
  if (is<C>(descriptor, unknown)) unknown.spec.size.toFixed();
  // @ts-expect-error a kind alone is not a resource
  is("Pod", object);
}
