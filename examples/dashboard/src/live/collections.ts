import { AppsV1 } from "@kubewright/api/apps/v1";
import { BatchV1 } from "@kubewright/api/batch/v1";
import { CoreV1 } from "@kubewright/api/core/v1";
import { informer } from "@kubewright/runtime";
import { cluster } from "../cluster.ts";
import { collection, type ItemOf } from "./collection.ts";

const core = cluster.api(CoreV1);
const apps = cluster.api(AppsV1);
const batch = cluster.api(BatchV1);

const metadata = { labels: true, ownerReferences: true, generation: true } as const;

// Only what the rows show is kept of each object: of a pod a quarter.
const podFields = {
  metadata,
  spec: { nodeName: true, containers: { name: true }, initContainers: { name: true, restartPolicy: true } },
  status: {
    phase: true,
    reason: true,
    podIP: true,
    conditions: true,
    containerStatuses: { name: true, ready: true, restartCount: true, state: true },
    initContainerStatuses: { name: true, ready: true, restartCount: true, state: true },
  },
} as const;
const template = { spec: { containers: { image: true } } } as const;
const counts = {
  observedGeneration: true,
  replicas: true,
  updatedReplicas: true,
  readyReplicas: true,
  availableReplicas: true,
  conditions: true,
} as const;

export const namespaces = collection(() =>
  informer(core.namespaces, { select: { metadata, status: { phase: true } } }),
);
export const nodes = collection(() =>
  informer(core.nodes, {
    select: { metadata, spec: { unschedulable: true }, status: { conditions: true, capacity: true } },
  }),
);
export const pods = collection((namespace) =>
  informer(namespace === undefined ? core.pods : core.pods.in(namespace), { select: podFields }),
);
export const events = collection((namespace) =>
  informer(namespace === undefined ? core.events : core.events.in(namespace)),
);
export const deployments = collection((namespace) =>
  informer(namespace === undefined ? apps.deployments : apps.deployments.in(namespace), {
    select: { metadata, spec: { replicas: true, paused: true, template }, status: counts },
  }),
);
export const statefulSets = collection((namespace) =>
  informer(namespace === undefined ? apps.statefulSets : apps.statefulSets.in(namespace), {
    select: { metadata, spec: { replicas: true, template, updateStrategy: true }, status: counts },
  }),
);
export const daemonSets = collection((namespace) =>
  informer(namespace === undefined ? apps.daemonSets : apps.daemonSets.in(namespace), {
    select: { metadata, spec: { template, updateStrategy: true }, status: true },
  }),
);
export const jobs = collection((namespace) =>
  informer(namespace === undefined ? batch.jobs : batch.jobs.in(namespace), {
    select: { metadata, spec: { completions: true, suspend: true, template }, status: true },
  }),
);

export type PodItem = ItemOf<typeof pods>;
export type EventItem = ItemOf<typeof events>;
export type NodeItem = ItemOf<typeof nodes>;
export type NamespaceItem = ItemOf<typeof namespaces>;
export type WorkloadItem =
  | ItemOf<typeof deployments>
  | ItemOf<typeof statefulSets>
  | ItemOf<typeof daemonSets>
  | ItemOf<typeof jobs>;
