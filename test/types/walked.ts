// What apply and patches make of a kind: they walk through its objects and stop at everything else. Compiled, never run.
/* oxlint-disable typescript/no-floating-promises */
import type { ApplyOf, Cluster, ClusterObject, MergePatchOf, NamespacedObject, NoFields, Stored } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1, type Pod } from "kubewright/core/v1";
import { NetworkingV1 } from "kubewright/networking/v1";
import type { ObjectMeta } from "kubewright/meta/v1";
import { type Equal, sure } from "./equal.ts";

declare const cluster: Cluster;
const pods = cluster.api(CoreV1).pods.in("default");
const claims = cluster.api(CoreV1).persistentVolumeClaims.in("default");
const ingresses = cluster.api(NetworkingV1).ingresses.in("default");
const deployments = cluster.api(AppsV1).deployments.in("default");
const metadata = { name: "a" };

export function openEnums(): void {
  pods.apply({ metadata, spec: { restartPolicy: "Always", dnsPolicy: "AValueOfTheFuture" } });
  // @ts-expect-error a list is not text
  pods.apply({ metadata, spec: { restartPolicy: ["Always"] } });
  // @ts-expect-error nor is an object, though every text has its methods
  pods.apply({ metadata, spec: { restartPolicy: {} } });
  // @ts-expect-error not even one with a property of text
  pods.patch("a", { strategic: { spec: { restartPolicy: { length: 3 } } } });
  // @ts-expect-error the same in a merge patch
  pods.patch("a", { merge: { spec: { restartPolicy: ["Always"] } } });
  // @ts-expect-error and in a list of open enums
  claims.apply({ metadata, spec: { accessModes: [["ReadWriteOnce"]] } });
  // @ts-expect-error an open enum of a cluster-scoped kind
  cluster.api(CoreV1).persistentVolumes.apply({ metadata, spec: { persistentVolumeReclaimPolicy: {} } });
  // @ts-expect-error an open enum deep within lists that merge by key
  ingresses.apply({ metadata, spec: { rules: [{ http: { paths: [{ path: "/", pathType: [] }] } }] } });
}

interface Widget extends ClusterObject {
  apiVersion?: "example.com/v1";
  kind?: "Widget";
  metadata?: ObjectMeta;
  spec?: {
    template?: { labels?: { [key: string]: string }; count?: number; [key: string]: unknown };
    values?: { [key: string]: unknown };
    level?: 1 | 2 | (number & {});
    selfSigned?: NoFields;
    claim?: { metadata?: NoFields };
    items?: { [key: string]: { port?: number } };
  };
}

export function fieldsBesideAnythingElse(): void {
  const right: ApplyOf<Widget> = { metadata, spec: { template: { labels: { a: "b" }, other: [1, { any: null }] } } };
  // @ts-expect-error labels stay a map
  const apply: ApplyOf<Widget> = { metadata, spec: { template: { labels: 5 } } };
  // @ts-expect-error of texts
  const deeper: ApplyOf<Widget> = { metadata, spec: { template: { labels: { a: 5 } } } };
  const merge: MergePatchOf<Widget> = { spec: { template: { labels: { gone: null }, count: null, other: {} } } };
  // @ts-expect-error a number stays a number
  const number: MergePatchOf<Widget> = { spec: { template: { count: "3" } } };
  const free: ApplyOf<Widget> = { metadata, spec: { values: { a: 1, b: { c: [null] } } } };
  // @ts-expect-error an open number is not an object
  const level: MergePatchOf<Widget> = { spec: { level: {} } };
  // @ts-expect-error the values of a map keep their types
  const map: ApplyOf<Widget> = { metadata, spec: { items: { a: { port: "80" } } } };
  // @ts-expect-error what is undefined would be lost on the way
  const gone: ApplyOf<Widget> = { metadata, spec: { items: { a: undefined } } };
  void [right, apply, deeper, merge, number, free, level, map, gone];
}

export function objectsWithoutFields(meta: ObjectMeta): void {
  const right: Widget = { spec: { selfSigned: {}, claim: { metadata: {} } } };
  // @ts-expect-error the server would drop the labels
  const fields: Widget = { spec: { claim: { metadata: { labels: { a: "b" } } } } };
  // @ts-expect-error an object, not text
  const text: Widget = { spec: { selfSigned: "yes" } };
  // An object of another kind, whose metadata has fields, fits as a whole.
  const other: Widget = { spec: { claim: { metadata: meta } } };
  const applied: ApplyOf<Widget> = { metadata, spec: { claim: { metadata: meta }, selfSigned: {} } };
  // @ts-expect-error nor do they come in an apply
  const literal: ApplyOf<Widget> = { metadata, spec: { claim: { metadata: { labels: { a: "b" } } } } };
  const removed: MergePatchOf<Widget> = { spec: { selfSigned: null } };
  // @ts-expect-error nor in a patch
  const patched: MergePatchOf<Widget> = { spec: { selfSigned: { a: 1 } } };
  void [right, fields, text, other, applied, literal, removed, patched];
}

export function kindsAndMetadata(): void {
  pods.apply({ apiVersion: "v1", kind: "Pod", metadata: { name: "a", labels: { a: "b" } } });
  // @ts-expect-error another kind
  pods.apply({ kind: "Job", metadata });
  // @ts-expect-error the server sets it
  pods.apply({ metadata: { name: "a", uid: "b" } });
  // @ts-expect-error an apply needs a name
  pods.apply({ metadata: { generateName: "a-" } });
  // @ts-expect-error labels are text
  pods.apply({ metadata: { name: "a", labels: { a: 1 } } });
  // @ts-expect-error a key of the list is missing
  deployments.apply({ metadata, spec: { template: { spec: { containers: [{ image: "b" }] } } } });
  const applied: ApplyOf<Pod> = { metadata, spec: { containers: [{ name: "a" }] } };
  sure<Equal<typeof applied.metadata.name, string>>();
}

// As the generator writes what a definition fills in.
interface Gate extends NamespacedObject<never, StoredGate> {
  metadata?: ObjectMeta;
  spec: GateSpec;
}
interface GateSpec {
  size: number;
  mode?: "Auto" | "Off" | (string & {});
}
interface StoredGate extends Gate {
  get spec(): StoredGateSpec;
  set spec(value: GateSpec);
}
interface StoredGateSpec extends GateSpec {
  get mode(): "Auto" | "Off" | (string & {});
  set mode(value: "Auto" | "Off" | (string & {}) | undefined);
}

export async function filledIn(): Promise<void> {
  const place = { group: "example.com", version: "v1", plural: "gates", kind: "Gate", namespaced: true } as const;
  const gates = cluster.resource<Gate>(place).in("default");
  const made = await gates.create({ metadata, spec: { size: 1 } });
  sure<Equal<typeof made.spec.mode, "Auto" | "Off" | (string & {})>>();
  // @ts-expect-error nothing fills in the size
  gates.create({ metadata, spec: { mode: "Off" } });
  const wanted: GateSpec = { size: 2 };
  await gates.modify("a", (gate) => {
    gate.spec.mode.length satisfies number;
    gate.spec = wanted;
  });
  made.spec.mode = undefined;
  await gates.update(made);
  await gates.apply({ metadata, spec: {} });
  await copies(gates.get("a"), (gate: Gate) => gates.update(gate));
}

// What comes back can be sent, whatever the kind.
async function copies<T>(read: Promise<Stored<T>>, write: (object: T) => Promise<unknown>): Promise<void> {
  const found = await read;
  found.metadata.uid.length satisfies number;
  await write(found);
}
