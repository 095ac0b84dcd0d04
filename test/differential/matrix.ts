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
  "metadata: names, generated names, labels, generation": ["wrong metadata", "generation and status"],
  "updates and their conflicts": ["update"],
  "JSON patch": ["json patch"],
  "merge patch": ["merge patch"],
  "finalizers, deletion and its options": ["finalizers"],
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
