// A library on top of ours that leaves its types to inference: its own declarations must be able to name every one of them, also where
// a package manager keeps packages apart. Compiled as an ES module and as CommonJS.
import { type connect, editKubeconfig, findCondition, isNotFound, parseManifest, secretBytes } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1, type Pod } from "kubewright/core/v1";

declare const cluster: Awaited<ReturnType<typeof connect>>;
export const core = cluster.api(CoreV1);
export const apps = cluster.api(AppsV1);
export const everywhere = core.pods;
export const pods = core.pods.in("default");
export const nodes = core.nodes;
export const deployments = apps.deployments.in("default");

export const read = async () => [
  await pods.get("a"),
  await pods.list(),
  await pods.table(),
  await core.events.in("x").list(),
];
export const streams = () => [pods.watch(), pods.log("a"), pods.each()];
export const deleted = async () => ({ one: await pods.delete("a"), all: await pods.deleteCollection({}) });
export const metadata = () => pods.metadata;
export const oneMetadata = async () => pods.metadata.get("a");
export const applied = async () => pods.apply({ metadata: { name: "a" } }, { fieldManager: "me" });
export const scale = async () => deployments.scale.get("a");
export const subresources = () => ({
  eviction: pods.eviction,
  status: pods.status,
  ephemeral: pods.ephemeralcontainers,
});
export const tokens = () => core.serviceAccounts.in("default").token;

export const meta = (pod: Pod) => pod.metadata;
export const owners = (pod: Pod) => pod.metadata?.ownerReferences;
export const managed = (pod: Pod) => pod.metadata?.managedFields;
export const condition = (pod: Pod) => findCondition(pod, "Ready");
export const template = async () => (await deployments.get("a")).spec?.template;
export const environment = async () => (await deployments.get("a")).spec?.template.spec?.containers[0]?.env;
export const selector = async () => (await deployments.get("a")).spec?.selector;
export const expressions = async () => (await deployments.get("a")).spec?.selector.matchExpressions;
export const claims = async () => (await apps.statefulSets.in("x").get("a")).spec?.volumeClaimTemplates;

export const status = (error: unknown) => (isNotFound(error) ? error.status : undefined);
export const causes = (error: unknown) => (isNotFound(error) ? error.status.details?.causes : undefined);
export const found = async () => cluster.find({ apiVersion: "example.com/v1", kind: "Widget" });
export const widgets = () =>
  cluster.resource<{ apiVersion: string; kind: string; metadata?: object; spec: { size: number } }>({
    group: "example.com",
    version: "v1",
    plural: "widgets",
    kind: "Widget",
    namespaced: true,
  });
export const server = async () => ({ version: await cluster.version(), info: await cluster.info() });
export const discovery = () => cluster.discovery;
export const resources = async () => cluster.discovery.resources();
export const raw = async () => cluster.request({ method: "GET", path: "/x" });
export const manifests = async () => parseManifest("");
export const bytes = (secret: { data?: Record<string, string> }) => secretBytes(secret, "a");
export const editor = editKubeconfig;

export class Service {
  readonly pods = core.pods.in("default");
  list() {
    return this.pods.list();
  }
  async containers() {
    return (await this.pods.list()).items[0]?.spec?.containers;
  }
}
