import { cells } from "./cells.ts";

/**
 * The items of what a server does, each with how the names of the cells about it begin. A cell has the item's success and each of its
 * failures. A test holds that every item has cells, and every cell its item.
 */
export const items: Readonly<Record<string, readonly string[]>> = {
  "any resource: its verbs, methods, lists and least objects": ["any resource: ", "create, read, delete"],
  "paths, methods and sizes of requests": ["paths: ", "bodies that are too large"],
  "bodies of writes: kinds, types, numbers, forms, unknown fields": ["bodies ", "wrong bodies", "unknown fields"],
  "options of writes": ["options of writes"],
  "metadata: labels, owners, generation, what cannot change": [
    "wrong metadata",
    "generation and status",
    "metadata of ",
    "metadata that ",
  ],
  "names and generated names": ["names of ", "generated names", "namespaces of objects"],
  "every kind: created, read, updated, patched, deleted": ["every kind"],
  "updates, their conflicts and preconditions": ["update", "preconditions of updates", "writes with a version"],
  "dry runs": ["dry runs"],
  "writes that change nothing": ["writes that change nothing"],
  "JSON patch": ["json patch"],
  "merge patch": ["merge patch"],
  finalizers: ["finalizers"],
  "deletions: options, preconditions, propagation, collections": [
    "options of deletions",
    "wrong options of deletions",
    "propagation of ",
    "deletions of ",
  ],
  "lists: pages, versions, selections": ["lists", "pages of lists", "pages of what", "versions of ", "lists of "],
  "watches: versions, beginnings, selections, forms": ["watches "],
  "label and field selectors": ["label selectors", "field selectors", "fields of kinds"],
  "forms of answers: what is accepted, Tables, metadata alone": [
    "what is accepted",
    "tables of ",
    "forms ",
    "metadata alone",
  ],
  "discovery, OpenAPI, version and health": ["discovery: ", "openapi: ", "health", "version", "paths that are nothing"],
  "kinds in two versions or groups": ["autoscalers: kept", "events: kept"],
  Pod: ["pods: "],
  "users: 401, 403, impersonation": ["access: "],
  reviews: ["reviews: "],
  Namespace: ["namespaces: "],
  Service: ["services: "],
  Deployment: ["deployments: "],
  ReplicaSet: ["replicasets: "],
  StatefulSet: ["statefulsets: "],
  DaemonSet: ["daemonsets: "],
  ReplicationController: ["replicationcontrollers: "],
  ControllerRevision: ["controllerrevisions: "],
  "scale of every kind": ["scale: "],
  Job: ["jobs: "],
  CronJob: ["cronjobs: "],
  HorizontalPodAutoscaler: ["autoscalers: "],
  PodDisruptionBudget: ["disruption budgets: "],
  "PriorityClass and RuntimeClass": ["priority classes: ", "runtime classes: "],
  "Lease and LeaseCandidate": ["leases: ", "lease candidates: "],
  Event: ["events: "],
  "ConfigMap and Secret": ["config maps: ", "secrets: "],
  "ServiceAccount and its tokens": ["service accounts: ", "tokens of service accounts"],
  "Endpoints and EndpointSlice": ["endpoints: ", "endpoint slices: "],
  "roles and their bindings": ["roles: ", "cluster roles: ", "role bindings: ", "cluster role bindings: "],
  "Ingress, IngressClass and NetworkPolicy": ["ingresses: ", "ingress classes: ", "network policies: "],
  "IPAddress and ServiceCIDR": ["ip addresses: ", "service ranges: "],
  "PersistentVolumeClaim and PersistentVolume": ["claims: ", "volumes: "],
  "StorageClass and VolumeAttributesClass": ["storage classes: ", "volume attributes classes: "],
  "CSIDriver, CSINode, CSIStorageCapacity": ["storage drivers: ", "storage nodes: ", "storage capacities: "],
  VolumeAttachment: ["volume attachments: "],
  "ResourceQuota and LimitRange": ["quotas: ", "limit ranges: "],
  Node: ["nodes: "],
  CertificateSigningRequest: ["signing requests: "],
  "FlowSchema and PriorityLevelConfiguration": ["flow schemas: ", "priority levels: "],
  "APIService and webhooks": ["api services: ", "webhooks: "],
};

/** What the recordings have to hold: so many sequences in all, so much of each cell, and which share of answers is a refusal. */
export const least = { sequences: 1500, ofCell: { sequences: 8, answers: 20 }, refusals: 0.3 } as const;

/** With how many seeds each cell is recorded. */
export const seedsOfEach: number = Math.max(
  least.ofCell.sequences,
  Math.ceil(least.sequences / Object.keys(cells).length),
);

/** The share of answers that have to be equal: of all, and of each cell. */
export const leastEqual = { total: 0.99, ofCell: 0.95 } as const;

/** How many sequences are played on a real server each time. */
export const liveSequences = 150;
