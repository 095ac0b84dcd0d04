import { createCluster } from "@kubewright/core";
import { encode } from "@kubewright/protobuf";
import { addFinalizer, microTime, parseManifest, Quantity, secretText, waitFor } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import { recordingTransport } from "../../support/recording-transport.ts";
import type { Case } from "./case.ts";

const discovered = (name: string, resource: string, kind: string): object => ({
  metadata: { name },
  versions: [
    {
      version: "v1",
      resources: [{ resource, responseKind: { kind }, scope: "Namespaced", verbs: ["get"], shortNames: ["po"] }],
    },
  ],
});
const transport = recordingTransport(({ path }) => {
  if (path === "/api") return { json: { kind: "APIGroupDiscoveryList", items: [discovered("", "pods", "Pod")] } };
  if (path === "/apis") return { json: { kind: "APIGroupDiscoveryList", items: [] } };
  return { json: { metadata: { name: "a" }, items: [] } };
});
const cluster = createCluster({ transport, namespace: "home", onWarning: () => {} });
const { pods: allPods, nodes, configMaps: allConfigMaps } = cluster.api(CoreV1);
const pods = allPods.in();
const configMaps = allConfigMaps.in();
const deployments = cluster.api(AppsV1).deployments.in();
const fetched = { metadata: { name: "a", uid: "1", managedFields: [] } };

async function iterateTwice(): Promise<void> {
  const stream = pods.each();
  for (let time = 0; time < 2; time++) for await (const _ of stream) break;
}

/** Wrong arguments of calls and helpers. */
export const inputCases: readonly Case[] = [
  ["an unknown option", () => pods.list({ labelSelecter: "a" } as never)],
  ["options that are text", () => pods.get("a", "b" as never)],
  ["an empty name", () => pods.get("")],
  ["a name with a slash", () => pods.get("a/b")],
  ["a name that is missing", () => pods.delete(undefined as never)],
  ["a named call without a namespace", () => (allPods as unknown as typeof pods).get("a")],
  ["a namespace for what has none", () => (nodes as unknown as typeof allPods).in("a")],
  [
    "a verb that the resource lacks",
    () =>
      cluster
        .resource({
          group: "",
          version: "v1",
          plural: "bindings",
          kind: "Binding",
          namespaced: true,
          verbs: ["create"],
        })
        .in()
        .list(),
  ],
  ["a label selector that breaks off", () => pods.list({ labelSelector: "a in (b" })],
  ["a label value that is too long", () => pods.list({ labelSelector: { a: "b".repeat(64) } })],
  ["a field selector without a value", () => pods.list({ fieldSelector: "a" })],
  ["a negative limit", () => pods.list({ limit: -1 })],
  ["a signal that is none", () => pods.get("a", { signal: new AbortController() as never })],
  ["an update that could overwrite", () => configMaps.update({ metadata: { name: "a" } })],
  ["another kind than the client's", () => configMaps.create({ kind: "Pod" } as never)],
  ["another namespace than the client's", () => configMaps.create({ metadata: { name: "a", namespace: "b" } })],
  ["an object without a name", () => configMaps.update({})],
  ["a patch of nothing", () => configMaps.patch("a", {} as never)],
  ["a JSON patch that is not a list", () => configMaps.patch("a", { json: {} } as never)],
  ["the apply of a fetched object", () => deployments.apply(fetched as never, { fieldManager: "m" })],
  ["an apply without an owner", () => deployments.apply({ metadata: { name: "a" } })],
  ["a deleteCollection with an empty selector", () => pods.deleteCollection({ labelSelector: {} })],
  ["a modify without a function", () => configMaps.modify("a", {} as never)],
  ["a stream that is iterated twice", iterateTwice],
  ["a raw path that is not encoded", () => cluster.request({ path: "/a b" })],
  ["a raw method that does not exist", () => cluster.request({ method: "get" as never, path: "/" })],
  ["a wait for a state that does not exist", () => waitFor(pods, "a", "redy" as never)],
  ["a wait for a state of another kind", () => waitFor(pods, "a", "rolledOut")],
  ["a name that nothing has", () => cluster.find("widgets")],
  ["a name that is misspelt", () => cluster.find("pod5")],
  ["a reference without a kind", () => cluster.get({ apiVersion: "v1", metadata: { name: "a" } })],
  ["objects of which some fail", () => cluster.applyAll([{ apiVersion: "v1", kind: "Pod", metadata: { name: "a" } }])],
  ["a manifest that is not YAML", () => parseManifest("a: [")],
  ["a manifest that is not an object", () => parseManifest("- a")],
  ["a quantity that is none", () => Quantity.parse("1.5 GB")],
  ["a secret that is not base64", () => secretText({ data: { a: "?" } }, "a")],
  ["a finalizer without a domain", () => addFinalizer({ metadata: {} }, "a b")],
  ["a time that is none", () => microTime(new Date(Number.NaN))],
  [
    "a field in protobuf that is of another type",
    () => encode({ apiVersion: "apps/v1", kind: "Deployment", spec: { replicas: "3" } }),
  ],
  [
    "a field in protobuf that does not exist",
    () => encode({ apiVersion: "apps/v1", kind: "Deployment", spec: { replica: 3 } }),
  ],
  ["a kind that has no protobuf", () => encode({ apiVersion: "example.com/v1", kind: "Lamp" })],
];
