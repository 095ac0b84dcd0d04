// Twelve resources that are not like the others. Compiled, never run.
/* oxlint-disable typescript/no-floating-promises, no-unused-expressions */
import type { Cluster, CustomResource, RawResponse, Scale as AnyScale, Stored, Stream } from "kubewright";
import { ApiregistrationV1, type APIService } from "kubewright/apiregistration/v1";
import { AppsV1 } from "kubewright/apps/v1";
import { AuthorizationV1, type SubjectAccessReview } from "kubewright/authorization/v1";
import type { TokenRequest } from "kubewright/authentication/v1";
import type { Scale } from "kubewright/autoscaling/v1";
import { type ComponentStatus, CoreV1, type Event as CoreEvent, type Namespace, type Pod } from "kubewright/core/v1";
import { type Event, EventsV1 } from "kubewright/events/v1";
import type { Status } from "kubewright/meta/v1";
import { type Equal, sure } from "./equal.ts";

declare const cluster: Cluster;
const core = cluster.api(CoreV1);
const pods = core.pods.in("default");

export async function eviction(): Promise<void> {
  const answer = await pods.eviction.create("web-0", {
    metadata: { name: "web-0" },
    deleteOptions: { gracePeriodSeconds: 0 },
  });
  sure<Equal<typeof answer, Status>>();
  // @ts-expect-error an eviction is posted, there is nothing to read
  pods.eviction.get("web-0");
  // @ts-expect-error only through a pod
  core.evictions;
}

export async function token(): Promise<void> {
  const accounts = core.serviceAccounts.in("default");
  const answer = await accounts.token.create("default", { spec: { audiences: ["vault"] } });
  // A virtual kind: no uid, no resourceVersion, whatever it is.
  sure<Equal<typeof answer, TokenRequest>>();
  // @ts-expect-error the audience is a list
  accounts.token.create("default", { spec: { audiences: "vault" } });
}

export async function scale(): Promise<void> {
  const deployments = cluster.api(AppsV1).deployments.in("shop");
  const found = await deployments.scale.get("web");
  sure<Equal<typeof found, Stored<Scale>>>();
  const replicas = (found.spec.replicas ?? 0) + 1;
  await deployments.scale.patch("web", { merge: { spec: { replicas: 3 } } });
  await deployments.scale.apply({ metadata: { name: "web" }, spec: { replicas } }, { fieldManager: "me" });
  // @ts-expect-error a scale holds numbers
  deployments.scale.patch("web", { merge: { spec: { replicas: "3" } } });
  // @ts-expect-error daemon sets have no scale
  cluster.api(AppsV1).daemonSets.in("shop").scale;
}

export async function bindings(): Promise<void> {
  const binding = { metadata: { name: "web-0" }, target: { kind: "Node", name: "n1" } };
  const answer = await core.bindings.in("default").create(binding);
  sure<Equal<typeof answer, Status>>();
  sure<Equal<Awaited<ReturnType<typeof pods.binding.create>>, Status>>();
  // @ts-expect-error bindings cannot be listed
  core.bindings.in("default").list();
  // @ts-expect-error nor across all namespaces
  core.bindings.list();
}

export async function accessReviews(): Promise<void> {
  const authorization = cluster.api(AuthorizationV1);
  const answer = await authorization.subjectAccessReviews.create({ spec: { user: "jane" } });
  sure<Equal<typeof answer, SubjectAccessReview>>();
  answer.status?.allowed satisfies boolean | undefined;
  await authorization.localSubjectAccessReviews.in("default").create({ spec: {} });
  // @ts-expect-error nothing is stored, so nothing can be read
  authorization.subjectAccessReviews.get("x");
  // @ts-expect-error reviews of the whole cluster live in no namespace
  authorization.subjectAccessReviews.in("default");
}

export async function componentStatuses(): Promise<void> {
  const found = await core.componentStatuses.get("etcd-0");
  sure<Equal<typeof found, ComponentStatus>>();
  const { items } = await core.componentStatuses.list();
  sure<Equal<typeof items, ComponentStatus[]>>();
  // @ts-expect-error they cannot be watched
  core.componentStatuses.watch();
  // @ts-expect-error nor reduced to metadata, which they have none of
  core.componentStatuses.metadata;
}

interface Widget {
  apiVersion?: "example.com/v1";
  kind?: "Widget";
  metadata?: { name?: string; namespace?: string; labels?: { [key: string]: string } };
  spec?: { size?: "small" | "large"; parts?: { name: string }[] };
}

export async function scaleOfCustomResource(): Promise<void> {
  const place = { group: "example.com", version: "v1", plural: "widgets", kind: "Widget", namespaced: true } as const;
  const widgets = cluster.resource<Widget>(place).in("default");
  sure<Equal<typeof widgets, CustomResource<Widget>>>();
  const found = await widgets.scale.get("w");
  sure<Equal<typeof found, Stored<AnyScale>>>();
  await widgets.patch("w", { merge: { spec: { size: "large" } } });
  // @ts-expect-error the API server has strategic merge patch for built-in kinds only
  widgets.patch("w", { strategic: { spec: { size: "large" } } });
  // @ts-expect-error nor does their scale have it
  widgets.scale.patch("w", { strategic: { spec: { replicas: 1 } } });
}

export async function finalize(): Promise<void> {
  const namespace = await core.namespaces.get("old");
  const answer = await core.namespaces.finalize.update({ ...namespace, spec: { finalizers: [] } });
  sure<Equal<typeof answer, Stored<Namespace>>>();
  // @ts-expect-error finalize takes an update and nothing else
  core.namespaces.finalize.get("old");
  // @ts-expect-error namespaces cannot be deleted by selector
  core.namespaces.deleteCollection();
}

export async function connections(): Promise<void> {
  const answer = await core.nodes.proxy("node-1").request({ path: "/healthz" });
  sure<Equal<typeof answer, RawResponse>>();
  const connection = await pods.connect("db-0", "postgres");
  sure<Equal<typeof connection.readable, ReadableStream<Uint8Array>>>();
  const run = await pods.attach("web-0");
  sure<Equal<typeof run.attached, boolean>>();
  // @ts-expect-error no member of the data is named after a method
  CoreV1.resources.nodes.proxy;
  // @ts-expect-error which port is not known without one
  pods.connect("db-0");
  // @ts-expect-error services have no port of their own to connect to
  core.services.in("default").connect("web", 80);
  // @ts-expect-error config maps stand for nothing that answers requests
  core.configMaps.in("default").proxy("colors");
}

export async function exec(): Promise<void> {
  const run = await pods.exec("web-0", { command: ["cat"], stdin: "text", tty: { columns: 80, rows: 24 } });
  sure<Equal<typeof run.stdout, Stream<Uint8Array>>>();
  const { exitCode } = await run.exit;
  sure<Equal<typeof exitCode, number>>();
  const { stdout } = await pods.exec("web-0", { command: ["date"], stdin: new Blob([]).stream() }).output();
  sure<Equal<typeof stdout, string>>();
  // @ts-expect-error output() is a shortcut of the promise; a run has streams
  run.output();
  // @ts-expect-error a command is a list: no shell takes a text apart
  pods.exec("web-0", { command: "date" });
  // @ts-expect-error it needs a command
  pods.exec("web-0", {});
  // @ts-expect-error what a sync iterable would mean is not clear: texts, or bytes
  pods.exec("web-0", { command: ["cat"], stdin: ["a", "b"] });
  // @ts-expect-error a terminal has a size
  pods.exec("web-0", { command: ["sh"], tty: true });
  // @ts-expect-error a command runs in one pod, within a namespace
  core.pods.exec("web-0", { command: ["date"] });
  // @ts-expect-error services run none
  core.services.in("default").exec("web", { command: ["date"] });
}

export async function log(): Promise<void> {
  const lines = pods.log("web-0", { follow: true, tailLines: 10 });
  sure<Equal<typeof lines, Stream<string>>>();
  for await (const line of lines) line.trimEnd();
  // @ts-expect-error logs are of one pod, within a namespace
  core.pods.log("web-0");
  // @ts-expect-error services have none
  core.services.in("default").log("web");
}

export async function apiService(): Promise<void> {
  const { apiServices } = cluster.api(ApiregistrationV1);
  const found = await apiServices.get("v1.apps");
  sure<Equal<typeof found, Stored<APIService>>>();
  found.kind satisfies "APIService";
  // @ts-expect-error they are cluster-scoped
  apiServices.in("default");
}

export async function eventsInTwoGroups(): Promise<void> {
  const old = await core.events.in("default").get("x");
  const now = await cluster.api(EventsV1).events.in("default").get("x");
  sure<Equal<typeof old, Stored<CoreEvent>>>();
  sure<Equal<typeof now, Stored<Event>>>();
  old.apiVersion satisfies "v1";
  now.apiVersion satisfies "events.k8s.io/v1";
  old.involvedObject.kind satisfies string | undefined;
  now.regarding.kind satisfies string | undefined;
  // @ts-expect-error the new kind calls it `regarding`
  now.involvedObject;
}

export async function allOfThem(pod: Pod): Promise<void> {
  // A namespaced resource before a namespace is chosen can be listed and watched, no more.
  for await (const each of core.pods.each({ limit: 500 })) each.metadata.namespace.length;
  // @ts-expect-error which namespace?
  core.pods.create(pod);
  // @ts-expect-error which namespace?
  core.pods.metadata.get("web-0");
  const { items } = await core.pods.metadata.list();
  items[0]?.metadata.uid.length;
}
