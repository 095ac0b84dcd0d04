import { describe, expect, test } from "vitest";
import { isReady, whyNotReady } from "./ready.ts";
import type { ReadableObject } from "./readiness/rule.ts";

type Row = readonly [what: string, ready: boolean, object: Record<string, unknown>];

function of(
  apiVersion: string,
  kind: string,
  spec: unknown,
  status: unknown,
  metadata: object = { generation: 2 },
): Record<string, unknown> {
  return { apiVersion, kind, metadata, ...(spec !== undefined && { spec }), ...(status !== undefined && { status }) };
}
const conditions = (type: string, status: string, more: object = {}): object => ({
  conditions: [{ type, status, ...more }],
});
const seen = { observedGeneration: 2 };
const rolled = { ...seen, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 };
const deployment = (status: unknown, spec: object = { replicas: 3 }): Record<string, unknown> =>
  of("apps/v1", "Deployment", spec, status);
const statefulSet = (status: unknown, spec: object = { replicas: 3 }): Record<string, unknown> =>
  of("apps/v1", "StatefulSet", spec, status);
const daemonSet = (status: unknown, spec: object = {}): Record<string, unknown> =>
  of("apps/v1", "DaemonSet", spec, status);
const scheduled = { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 };
const widget = (status: unknown): Record<string, unknown> => of("example.com/v1", "Widget", {}, status);
const service = (spec: object, status: unknown = { loadBalancer: {} }): Record<string, unknown> =>
  of("v1", "Service", spec, status, {});

const rows: readonly Row[] = [
  ["deployment rolled out", true, deployment(rolled)],
  ["deployment without status", false, deployment(undefined)],
  ["deployment of an older spec", false, deployment({ ...rolled, observedGeneration: 1 })],
  ["deployment being updated", false, deployment({ ...rolled, updatedReplicas: 2 })],
  ["deployment with old pods left", false, deployment({ ...rolled, replicas: 4 })],
  ["deployment with a pod too young", false, deployment({ ...rolled, availableReplicas: 2 })],
  ["deployment scaled to nothing", true, deployment(seen, { replicas: 0 })],
  ["deployment scaled to nothing, not yet seen", false, deployment({}, { replicas: 0 })],
  ["deployment without replicas means one", false, deployment(seen, {})],
  ["deployment without any generation", false, of("apps/v1", "Deployment", { replicas: 0 }, {}, {})],
  ["stateful set rolled out", true, statefulSet(rolled)],
  ["stateful set not observed", false, statefulSet({ ...rolled, observedGeneration: undefined })],
  ["stateful set with a pod not ready", false, statefulSet({ ...rolled, readyReplicas: 2 })],
  ["stateful set being updated", false, statefulSet({ ...rolled, updatedReplicas: 2 })],
  [
    "stateful set at its partition",
    true,
    statefulSet(
      { ...rolled, updatedReplicas: 2 },
      { replicas: 3, updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 1 } } },
    ),
  ],
  [
    "stateful set OnDelete",
    true,
    statefulSet({ ...rolled, updatedReplicas: 0 }, { replicas: 3, updateStrategy: { type: "OnDelete" } }),
  ],
  ["daemon set on all nodes", true, daemonSet(scheduled)],
  ["daemon set without nodes", true, daemonSet(seen)],
  ["daemon set not observed", false, daemonSet({ ...scheduled, observedGeneration: 1 })],
  ["daemon set being updated", false, daemonSet({ ...scheduled, updatedNumberScheduled: 1 })],
  ["daemon set with a pod down", false, daemonSet({ ...scheduled, numberAvailable: 1 })],
  [
    "daemon set OnDelete",
    true,
    daemonSet({ ...scheduled, updatedNumberScheduled: 0 }, { updateStrategy: { type: "OnDelete" } }),
  ],
  ["replica set", true, of("apps/v1", "ReplicaSet", { replicas: 3 }, rolled)],
  ["replica set with one too many", false, of("apps/v1", "ReplicaSet", { replicas: 2 }, rolled)],
  [
    "replica set with one missing",
    false,
    of("apps/v1", "ReplicaSet", { replicas: 3 }, { ...rolled, availableReplicas: 2 }),
  ],
  [
    "replica set of an older spec",
    false,
    of("apps/v1", "ReplicaSet", { replicas: 3 }, { ...rolled, observedGeneration: 1 }),
  ],
  ["replica set scaled to nothing", true, of("apps/v1", "ReplicaSet", { replicas: 0 }, seen)],
  ["replication controller", true, of("v1", "ReplicationController", { replicas: 3 }, rolled)],
  ["job complete", true, of("batch/v1", "Job", {}, conditions("Complete", "True"))],
  ["job failed", false, of("batch/v1", "Job", {}, conditions("Failed", "True"))],
  ["job running", false, of("batch/v1", "Job", {}, { active: 1 })],
  ["claim bound", true, of("v1", "PersistentVolumeClaim", {}, { phase: "Bound" }, {})],
  ["claim pending", false, of("v1", "PersistentVolumeClaim", {}, { phase: "Pending" }, {})],
  ["volume available", true, of("v1", "PersistentVolume", {}, { phase: "Available" }, {})],
  ["volume released", false, of("v1", "PersistentVolume", {}, { phase: "Released" }, {})],
  ["namespace active", true, of("v1", "Namespace", {}, { phase: "Active" }, {})],
  ["namespace terminating", false, of("v1", "Namespace", {}, { phase: "Terminating" }, {})],
  ["service", true, service({ type: "ClusterIP", clusterIP: "10.0.0.1" })],
  ["headless service", true, service({ type: "ClusterIP", clusterIP: "None" })],
  ["service without an address", false, service({ type: "ClusterIP" })],
  ["external name", true, service({ type: "ExternalName", externalName: "x" })],
  ["load balancer pending", false, service({ type: "LoadBalancer", clusterIP: "10.0.0.1" })],
  [
    "load balancer",
    true,
    service({ type: "LoadBalancer", clusterIP: "10.0.0.1" }, { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } }),
  ],
  ["load balancer by hand", true, service({ type: "LoadBalancer", clusterIP: "10.0.0.1", externalIPs: ["1.2.3.4"] })],
  ["pod ready", true, of("v1", "Pod", {}, { phase: "Running", ...conditions("Ready", "True") })],
  ["pod not ready", false, of("v1", "Pod", {}, { phase: "Running", ...conditions("Ready", "False") })],
  ["pod just made", false, of("v1", "Pod", {}, { phase: "Pending" })],
  [
    "pod whose condition is of an older spec",
    false,
    of("v1", "Pod", {}, conditions("Ready", "True", { observedGeneration: 1 })),
  ],
  [
    "pod being deleted",
    false,
    of("v1", "Pod", {}, conditions("Ready", "True"), { deletionTimestamp: "2026-01-01T00:00:00Z" }),
  ],
  ["node ready", true, of("v1", "Node", {}, conditions("Ready", "True"), {})],
  ["node just made", false, of("v1", "Node", {}, {}, {})],
  ["node lost", false, of("v1", "Node", {}, conditions("Ready", "Unknown"), {})],
  [
    "definition established",
    true,
    of("apiextensions.k8s.io/v1", "CustomResourceDefinition", {}, conditions("Established", "True")),
  ],
  ["definition not established", false, of("apiextensions.k8s.io/v1", "CustomResourceDefinition", {}, {})],
  [
    "definition with a name taken",
    false,
    of(
      "apiextensions.k8s.io/v1",
      "CustomResourceDefinition",
      {},
      {
        conditions: [
          { type: "Established", status: "True" },
          { type: "NamesAccepted", status: "False" },
        ],
      },
    ),
  ],
  ["api service", true, of("apiregistration.k8s.io/v1", "APIService", {}, conditions("Available", "True"), {})],
  ["api service down", false, of("apiregistration.k8s.io/v1", "APIService", {}, conditions("Available", "False"), {})],
  ["custom resource ready", true, widget(conditions("Ready", "True"))],
  ["custom resource ready, as observed", true, widget({ ...seen, ...conditions("Ready", "True") })],
  ["custom resource not yet observed", false, widget({ observedGeneration: 1, ...conditions("Ready", "True") })],
  [
    "custom resource whose condition is newer than its status",
    true,
    widget({ observedGeneration: 1, ...conditions("Ready", "True", seen) }),
  ],
  ["custom resource not ready", false, widget(conditions("Ready", "False"))],
  ["custom resource nobody looked at", false, widget(undefined)],
  ["custom resource without such a condition", false, widget(conditions("Synced", "True"))],
  ["custom resource of a Kubernetes project", false, of("gateway.networking.k8s.io/v1", "Gateway", {}, {})],
  ["custom resource that is called Deployment", false, of("example.com/v1", "Deployment", { replicas: 0 }, seen)],
  ["kind with a name of Object's", true, of("v1", "constructor", undefined, undefined)],
  ["config map", true, { apiVersion: "v1", kind: "ConfigMap", metadata: {} }],
  ["ingress", true, of("networking.k8s.io/v1", "Ingress", {}, { loadBalancer: {} })],
  ["role", true, { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: {} }],
  ["no apiVersion", false, { spec: {} }],
];

describe("isReady", () => {
  test.each(rows)("%s: %s", (_what, ready, object) => {
    expect(isReady(object as ReadableObject)).toBe(ready);
    expect(whyNotReady(object as ReadableObject) === undefined).toBe(ready);
  });
});
