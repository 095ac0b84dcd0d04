import { expect, test } from "vitest";
import { shortfallOf } from "./ready.ts";
import type { ReadableObject } from "./readiness/rule.ts";

type Row = readonly [why: string, object: object];

const metadata = { generation: 2 };
const seen = { observedGeneration: 2 };
const condition = (type: string, status: string, more: object = {}): object => ({ type, status, ...more });
const failing = condition("ReplicaFailure", "True", { reason: "FailedCreate", message: "exceeded quota: pods" });

function deployment(status: object, spec: object = { replicas: 3 }): object {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata, spec, status: { ...seen, ...status } };
}
function statefulSet(status: object, spec: object = { replicas: 3 }): object {
  return { apiVersion: "apps/v1", kind: "StatefulSet", metadata, spec, status: { ...seen, ...status } };
}
function daemonSet(status: object): object {
  return { apiVersion: "apps/v1", kind: "DaemonSet", metadata, spec: {}, status: { ...seen, ...status } };
}
function replicaSet(status: object): object {
  const spec = { replicas: 2 };
  return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata, spec, status: { ...seen, ...status } };
}
function job(status: object, spec: object = { completions: 3 }): object {
  return { apiVersion: "batch/v1", kind: "Job", metadata, spec, status };
}
function pod(status: object, spec: object = {}, more: object = {}): object {
  const conditions = [condition("Ready", "False", { reason: "ContainersNotReady", message: "not ready: [web]" })];
  return { apiVersion: "v1", kind: "Pod", metadata: more, spec, status: { phase: "Pending", conditions, ...status } };
}
const web = (state: object, more: object = {}): object => ({
  containerStatuses: [{ name: "web", ready: false, state, ...more }],
});
const waiting = (reason: string, message?: string): object => ({ waiting: { reason, message } });
const starting = waiting("PodInitializing");
const broken = { terminated: { exitCode: 1, reason: "Error" } };
const backOff = waiting("CrashLoopBackOff", "back-off 40s restarting failed container");

const rows: readonly Row[] = [
  ["its controller has not seen its newest spec", deployment({ observedGeneration: 1 })],
  ["2 of 3 replicas are updated", deployment({ updatedReplicas: 2 })],
  ["0 of 1 replica is updated", deployment({}, {})],
  [
    "2 of 3 replicas are updated; its rollout is paused",
    deployment({ updatedReplicas: 2 }, { replicas: 3, paused: true }),
  ],
  ["0 of 3 replicas are updated; FailedCreate: exceeded quota: pods", deployment({ conditions: [failing] })],
  ["1 old replica waits to be ended", deployment({ replicas: 4, updatedReplicas: 3 })],
  ["2 old replicas wait to be ended", deployment({ replicas: 5, updatedReplicas: 3 })],
  ["1 of 3 updated replicas are available", deployment({ replicas: 3, updatedReplicas: 3, availableReplicas: 1 })],
  ["its controller has not seen its newest spec", statefulSet({ observedGeneration: undefined })],
  ["2 of 3 replicas are ready", statefulSet({ readyReplicas: 2 })],
  ["1 of 3 replicas are updated", statefulSet({ readyReplicas: 3, updatedReplicas: 1 })],
  [
    "0 of 1 replica is updated",
    statefulSet({ readyReplicas: 3 }, { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } }),
  ],
  ["1 of 2 pods are updated", daemonSet({ desiredNumberScheduled: 2, updatedNumberScheduled: 1 })],
  ["0 of 1 pod is available", daemonSet({ desiredNumberScheduled: 1, updatedNumberScheduled: 1 })],
  ["3 replicas are there, 2 wanted", replicaSet({ replicas: 3, availableReplicas: 3 })],
  ["1 of 2 replicas are available", replicaSet({ replicas: 2, availableReplicas: 1 })],
  ["0 of 2 replicas are available; FailedCreate: exceeded quota: pods", replicaSet({ conditions: [failing] })],

  ["pods that succeeded: 1 of 3, active: 2, failed: 4", job({ succeeded: 1, active: 2, failed: 4 })],
  ["pods that succeeded: 0, active: 2, failed: 0", job({ active: 2 }, { parallelism: 2 })],
  ["it is suspended", job({}, { suspend: true })],
  [
    "it is about to fail: BackoffLimitExceeded",
    job({ conditions: [condition("FailureTarget", "True", { reason: "BackoffLimitExceeded" })] }),
  ],

  ["it has no node", pod({ conditions: [] })],
  [
    "it has no node: Unschedulable: 0/1 nodes are available: 1 Insufficient cpu.",
    pod({
      conditions: [
        condition("PodScheduled", "False", {
          reason: "Unschedulable",
          message: "0/1 nodes are available: 1 Insufficient cpu.",
        }),
      ],
    }),
  ],
  ["node n1 has not begun it", pod({ conditions: [] }, { nodeName: "n1" })],
  ["container web: ContainerCreating", pod(web(waiting("ContainerCreating")))],
  ["container web: waits", pod(web({ waiting: {} }))],
  [
    "container web: ImagePullBackOff: Back-off pulling image",
    pod(web(waiting("ImagePullBackOff", "Back-off pulling image"))),
  ],
  ["container web: CrashLoopBackOff: back-off 40s restarting failed container", pod(web(backOff))],
  [
    "container web: CrashLoopBackOff: back-off 40s restarting failed container; its last run ended: Error (exit code 1)",
    pod(web(backOff, { lastState: broken })),
  ],
  ["container web ended: Error (exit code 1)", pod(web(broken))],
  ["container web ended (signal 9)", pod(web({ terminated: { exitCode: 137, signal: 9 } }))],
  ["container web runs, but is not ready", pod(web({ running: {} }, { started: true }))],
  ["container web runs, but has not started up", pod(web({ running: {} }, { started: false }))],
  [
    "container web runs, but is not ready; container db: waits",
    pod({
      containerStatuses: [
        { name: "web", ready: false, state: { running: {} } },
        { name: "log", ready: true, state: { running: {} } },
        { name: "db", ready: false, state: { waiting: {} } },
      ],
    }),
  ],
  [
    "init container setup still runs",
    pod({ initContainerStatuses: [{ name: "setup", started: false, state: { running: {} } }], ...web(starting) }),
  ],
  [
    "init container setup: CrashLoopBackOff: back-off 40s restarting failed container",
    pod({
      initContainerStatuses: [
        { name: "first", ready: true, state: { terminated: { exitCode: 0, reason: "Completed" } } },
        { name: "setup", state: backOff },
        { name: "third", state: starting },
      ],
      ...web(starting),
    }),
  ],
  [
    "sidecar proxy runs, but has not started up",
    pod(
      { initContainerStatuses: [{ name: "proxy", started: false, state: { running: {} } }], ...web(starting) },
      { initContainers: [{ name: "proxy", restartPolicy: "Always" }] },
    ),
  ],
  [
    "readiness gate example.com/a is False: Queued: third in line; readiness gate example.com/b is not set",
    pod(
      {
        ...web({ running: {} }, { ready: true }),
        conditions: [
          condition("Ready", "False", { reason: "ReadinessGatesNotReady" }),
          condition("example.com/a", "False", { reason: "Queued", message: "third in line" }),
          condition("example.com/c", "True"),
        ],
      },
      {
        readinessGates: ["example.com/a", "example.com/b", "example.com/c"].map((conditionType) => ({ conditionType })),
      },
    ),
  ],
  ["Ready is False: ContainersNotReady: not ready: [web]", pod(web({ running: {} }, { ready: true }))],
  [
    "its condition Ready is of generation 1, but it is at 2",
    pod(
      { ...web({ running: {} }, { ready: true }), conditions: [condition("Ready", "True", { observedGeneration: 1 })] },
      {},
      metadata,
    ),
  ],
  [
    "it has failed: Evicted: The node was low on memory.",
    pod(
      { phase: "Failed", reason: "Evicted", message: "The node was low on memory." },
      {},
      { ownerReferences: [{ kind: "StatefulSet", controller: true }] },
    ),
  ],

  [
    "its phase is Pending, not Bound",
    { apiVersion: "v1", kind: "PersistentVolumeClaim", spec: {}, status: { phase: "Pending" } },
  ],
  [
    "its phase is Failed, not Bound or Available: RecycleFailed: no recycler",
    {
      apiVersion: "v1",
      kind: "PersistentVolume",
      status: { phase: "Failed", reason: "RecycleFailed", message: "no recycler" },
    },
  ],
  ["it has no cluster IP", { apiVersion: "v1", kind: "Service", spec: { type: "ClusterIP" } }],
  [
    "its load balancer has no address",
    { apiVersion: "v1", kind: "Service", spec: { type: "LoadBalancer", clusterIP: "10.0.0.1" } },
  ],
  [
    "its names are not accepted: PluralConflict: widgets is taken",
    {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      status: {
        conditions: [condition("NamesAccepted", "False", { reason: "PluralConflict", message: "widgets is taken" })],
      },
    },
  ],
  ["it has no condition Ready", { apiVersion: "example.com/v1", kind: "Widget", spec: {} }],
  [
    "it has no condition Ready; it has Synced, Healthy",
    {
      apiVersion: "example.com/v1",
      kind: "Widget",
      spec: {},
      status: { conditions: [condition("Synced", "True"), condition("Healthy", "False")] },
    },
  ],
  [
    "Ready is Unknown: NodeStatusUnknown",
    {
      apiVersion: "v1",
      kind: "Node",
      status: { conditions: [condition("Ready", "Unknown", { reason: "NodeStatusUnknown" })] },
    },
  ],

  [
    "it is being deleted",
    { apiVersion: "v1", kind: "ConfigMap", metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } },
  ],
  [
    "it is being deleted; it has until 2026-01-01T00:00:30Z to end",
    pod({}, {}, { deletionTimestamp: "2026-01-01T00:00:30Z", deletionGracePeriodSeconds: 30 }),
  ],
  [
    "it is being deleted; it waits for its finalizers example.com/a, foregroundDeletion",
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: {
        deletionTimestamp: "2026-01-01T00:00:00Z",
        deletionGracePeriodSeconds: 0,
        finalizers: ["example.com/a", "foregroundDeletion"],
      },
    },
  ],
  [
    "it is being deleted; Some resources are remaining: pods. has 1 resource instances",
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" },
      status: {
        phase: "Terminating",
        conditions: [
          condition("NamespaceDeletionDiscoveryFailure", "False", { message: "All resources successfully discovered" }),
          condition("NamespaceContentRemaining", "True", {
            message: "Some resources are remaining: pods. has 1 resource instances",
          }),
        ],
      },
    },
  ],
];

test.each(rows)("%s", (why, object) => {
  expect(shortfallOf(object as ReadableObject)).toEqual({ why, final: false });
});

test.each<Row>([
  [
    'ProgressDeadlineExceeded: ReplicaSet "web-1" has timed out progressing.; FailedCreate: exceeded quota: pods',
    deployment({
      updatedReplicas: 3,
      conditions: [
        condition("Progressing", "False", {
          reason: "ProgressDeadlineExceeded",
          message: 'ReplicaSet "web-1" has timed out progressing.',
        }),
        failing,
      ],
    }),
  ],
  [
    "it has failed: BackoffLimitExceeded: Job has reached the specified backoff limit",
    job({
      conditions: [
        condition("FailureTarget", "True"),
        condition("Failed", "True", {
          reason: "BackoffLimitExceeded",
          message: "Job has reached the specified backoff limit",
        }),
      ],
    }),
  ],
  ["it has failed; container web ended: Error (exit code 1)", pod({ phase: "Failed", ...web(broken) })],
  [
    "it has ended; container web ended: Completed (exit code 0)",
    pod({ phase: "Succeeded", ...web({ terminated: { exitCode: 0, reason: "Completed" } }) }),
  ],
])("nothing to wait for: %s", (why, object) => {
  expect(shortfallOf(object as ReadableObject)).toEqual({ why, final: true });
});

test("a deadline that an older spec ran into does not count", () => {
  const timedOut = condition("Progressing", "False", { reason: "ProgressDeadlineExceeded" });
  const object = deployment({ observedGeneration: 1, conditions: [timedOut] });
  expect(shortfallOf(object as ReadableObject)?.final).toBe(false);
});
