import { pick } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

const container = { name: "a", image: "b" };
const labels = { app: "a" };
const template = { metadata: { labels }, spec: { containers: [container] } };
const selector = { matchLabels: labels };

/** What is said of the template of every kind that makes pods. */
const wrongTemplates = [
  { spec: { template: { spec: { containers: [] } } } },
  { spec: { template: { spec: { containers: [{ name: "A", image: "b" }] } } } },
  { spec: { template: { spec: { restartPolicy: "Never" } } } },
  { spec: { template: { spec: { activeDeadlineSeconds: 5 } } } },
  { spec: { template: { metadata: { labels: { app: "other" } } } } },
  { spec: { template: { metadata: { labels: { app: "a", other: "-" } } } } },
];
const rightTemplates = [
  { spec: { template: { metadata: { annotations: { a: "b" } } } } },
  { spec: { template: { metadata: { labels: { more: "c" } } } } },
  { spec: { template: { spec: { terminationGracePeriodSeconds: 5 } } } },
  { spec: { template: { spec: { containers: [{ name: "a", image: "c:latest" }] } } } },
  { spec: { template: { spec: { nodeSelector: { disk: "fast" } } } } },
];
const wrongSelectors = [
  { spec: { selector: null } },
  { spec: { selector: { matchLabels: null } } },
  { spec: { selector: { matchExpressions: [{ key: "app", operator: "Near" }] } } },
  { spec: { selector: { matchExpressions: [{ key: "app", operator: "In", values: [] }] } } },
  { spec: { selector: { matchExpressions: [{ key: "app", operator: "Exists", values: ["a"] }] } } },
  { spec: { selector: { matchLabels: { app: "-" } } } },
  { spec: { selector: { matchLabels: { app: "other" } } } },
];
const rightSelectors = [
  { spec: { selector: { matchExpressions: [{ key: "app", operator: "In", values: ["b", "a"] }] } } },
  { spec: { selector: { matchExpressions: [{ key: "gone", operator: "DoesNotExist" }] } } },
];

const deployment: Omit<PlayedKind, "right" | "wrong"> = {
  path: "/apis/apps/v1/NAMESPACE/deployments",
  object: { spec: { selector, template } },
};
const rightDeployments = [
  { spec: { replicas: 3 } },
  { spec: { replicas: 0, paused: true } },
  { spec: { minReadySeconds: 5 } },
  { spec: { revisionHistoryLimit: 0 } },
  { spec: { progressDeadlineSeconds: 100 } },
  { spec: { strategy: { type: "Recreate", rollingUpdate: null } } },
  { spec: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 2, maxUnavailable: "10%" } } } },
  { metadata: { annotations: { a: "b" } } },
  { metadata: { labels: { a: "b" } } },
  ...rightTemplates,
];
const wrongDeployments = [
  { spec: { replicas: -1 } },
  { spec: { minReadySeconds: -1 } },
  { spec: { minReadySeconds: 700 } },
  { spec: { revisionHistoryLimit: -2 } },
  { spec: { progressDeadlineSeconds: -1 } },
  { spec: { strategy: { type: "Nonsense", rollingUpdate: null } } },
  { spec: { strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } } },
  { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } } },
  { spec: { strategy: { rollingUpdate: { maxSurge: -1, maxUnavailable: 1 } } } },
  { spec: { strategy: { rollingUpdate: { maxSurge: "many", maxUnavailable: "101%" } } } },
  ...wrongTemplates,
];

const replicaSet = {
  path: "/apis/apps/v1/NAMESPACE/replicasets",
  object: { spec: { selector, template } },
};
const rightReplicaSets = [
  { spec: { replicas: 2 } },
  { spec: { replicas: 0 } },
  { spec: { minReadySeconds: 4 } },
  { metadata: { labels: { a: "b" } } },
  ...rightTemplates,
];
const wrongReplicaSets = [{ spec: { replicas: -1 } }, { spec: { minReadySeconds: -1 } }, ...wrongTemplates];

const statefulSet = {
  path: "/apis/apps/v1/NAMESPACE/statefulsets",
  object: { spec: { selector, template, serviceName: "s" } },
};
const claim = {
  metadata: { name: "data" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
};
const rightStatefulSets = [
  { spec: { replicas: 3 } },
  { spec: { updateStrategy: { type: "OnDelete", rollingUpdate: null } } },
  { spec: { updateStrategy: { rollingUpdate: { partition: 2, maxUnavailable: 1 } } } },
  { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" } } },
  { spec: { ordinals: { start: 3 } } },
  { spec: { minReadySeconds: 4 } },
  { spec: { revisionHistoryLimit: -1 } },
  { spec: { template: { spec: { hostname: "h", subdomain: "s" } } } },
  ...rightTemplates,
];
const wrongStatefulSets = [
  { spec: { replicas: -1 } },
  { spec: { minReadySeconds: -1 } },
  { spec: { ordinals: { start: -1 } } },
  { spec: { podManagementPolicy: "Nonsense" } },
  { spec: { updateStrategy: { type: "Nonsense", rollingUpdate: null } } },
  { spec: { updateStrategy: { type: "OnDelete", rollingUpdate: { partition: 1 } } } },
  { spec: { updateStrategy: { rollingUpdate: { partition: -1 } } } },
  { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Never", whenScaled: "Always" } } },
  ...wrongTemplates,
];

const daemonSet = {
  path: "/apis/apps/v1/NAMESPACE/daemonsets",
  object: { spec: { selector, template } },
};
const rightDaemonSets = [
  { spec: { minReadySeconds: 4 } },
  { spec: { revisionHistoryLimit: 2 } },
  { spec: { updateStrategy: { type: "OnDelete", rollingUpdate: null } } },
  { spec: { updateStrategy: { rollingUpdate: { maxUnavailable: "20%" } } } },
  { spec: { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } } },
  { metadata: { annotations: { "deprecated.daemonset.template.generation": "7" } } },
  ...rightTemplates,
];
const wrongDaemonSets = [
  { spec: { minReadySeconds: -1 } },
  { spec: { revisionHistoryLimit: -2 } },
  { spec: { updateStrategy: { type: "Nonsense", rollingUpdate: null } } },
  { spec: { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } } },
  { spec: { updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } } },
  { spec: { updateStrategy: { rollingUpdate: { maxSurge: "200%", maxUnavailable: -1 } } } },
  { metadata: { annotations: { "deprecated.daemonset.template.generation": "many" } } },
  ...wrongTemplates,
];

const replicationController = {
  path: "/api/v1/NAMESPACE/replicationcontrollers",
  object: { spec: { selector: labels, template } },
};
const rightControllers = [
  { spec: { replicas: 2 } },
  { spec: { minReadySeconds: 4 } },
  { metadata: { labels: { a: "b" } } },
  ...rightTemplates,
];
const wrongControllers = [
  { spec: { replicas: -1 } },
  { spec: { minReadySeconds: -1 } },
  { spec: { selector: { app: "other" } } },
  ...wrongTemplates,
];

const counts = (status: object): { status: object } => ({ status });
const replicaStatuses = {
  right: [
    counts({ replicas: 3, readyReplicas: 2, availableReplicas: 1 }),
    counts({ replicas: 4, observedGeneration: 1 }),
    counts({ replicas: 3, conditions: [{ type: "Progressing", status: "True" }] }),
    { status: { replicas: 3 }, spec: { replicas: 7 } },
    { metadata: { labels: { a: "b" }, annotations: { c: "d" } } },
  ],
  wrong: [
    counts({ replicas: -1 }),
    counts({ replicas: 1, readyReplicas: 2 }),
    counts({ replicas: 3, readyReplicas: 1, availableReplicas: 2 }),
    counts({ replicas: 1, availableReplicas: 3, readyReplicas: -1 }),
    counts({ observedGeneration: -1 }),
  ],
};

const scalable = [deployment, replicaSet, statefulSet, replicationController];
const merge = "application/merge-patch+json";

/** The scale of every kind that has one. */
const scales: Sequence = async ({ send }, chance, namespace) => {
  const kind = pick(chance, scalable);
  const path = kind.path.replace("NAMESPACE", `namespaces/${namespace}`);
  await send({ method: "POST", path, body: { ...kind.object, metadata: { name: "a" } } });
  const { body } = await send({ method: "GET", path: `${path}/a/scale` });
  const read = body as { metadata: Record<string, unknown> };
  const scale = `${path}/a/scale`;
  await send({ method: "PUT", path: scale, body: { ...read, spec: { replicas: 2 + Math.floor(chance() * 5) } } });
  await send({ method: "PUT", path: scale, body: { ...read, spec: { replicas: 3 } } });
  await send({
    method: "PATCH",
    path: scale,
    contentType: merge,
    body: { spec: { replicas: Math.floor(chance() * 3) } },
  });
  const json = "application/json-patch+json";
  await send({
    method: "PATCH",
    path: scale,
    contentType: json,
    body: [{ op: "replace", path: "/spec/replicas", value: 9 }],
  });
  const metadata = { name: "a", namespace };
  for (const sent of [
    { metadata, spec: { replicas: -1 } },
    { metadata, spec: { replicas: 4 } },
    { metadata: { ...metadata, uid: "other" }, spec: { replicas: 4 } },
    { metadata: { name: "b", namespace }, spec: { replicas: 4 } },
    { metadata: { name: "a" }, spec: { replicas: 4 } },
    { metadata, spec: { replicas: "many" } },
    { spec: { replicas: 4 } },
  ].filter(() => chance() < 0.5))
    await send({ method: "PUT", path: scale, body: sent });
  await send({ method: "GET", path: `${path}/missing/scale` });
  await send({
    method: "PUT",
    path: `${path}/missing/scale`,
    body: { metadata: { name: "missing", namespace }, spec: {} },
  });
  await send({ method: "PATCH", path: `${path}/missing/scale`, contentType: merge, body: {} });
  await send({ method: "GET", path: `${path}/a` });
};

/** Deployments, their like, and their scale. */
export const workloads: Readonly<Record<string, Sequence>> = {
  "deployments: new ones": creations({
    ...deployment,
    right: [...rightDeployments, ...rightSelectors, { metadata: { name: "with.dots" } }],
    wrong: [...wrongDeployments, ...wrongSelectors],
  }),
  "deployments: changes": changes({
    ...deployment,
    right: rightDeployments,
    wrong: [...wrongDeployments, ...wrongSelectors, ...rightSelectors],
  }),
  "deployments: status": changes(
    {
      ...deployment,
      right: [...replicaStatuses.right, counts({ collisionCount: 1 })],
      wrong: [...replicaStatuses.wrong, counts({ unavailableReplicas: -1 }), counts({ terminatingReplicas: -3 })],
    },
    { subresource: "/status" },
  ),
  "replicasets: new ones": creations({
    ...replicaSet,
    right: [...rightReplicaSets, ...rightSelectors, { metadata: { name: "with.dots" } }],
    wrong: [...wrongReplicaSets, ...wrongSelectors],
  }),
  "replicasets: changes": changes({
    ...replicaSet,
    right: rightReplicaSets,
    wrong: [...wrongReplicaSets, ...wrongSelectors, ...rightSelectors],
  }),
  "replicasets: status": changes(
    { ...replicaSet, ...replicaStatuses, wrong: [...replicaStatuses.wrong, counts({ fullyLabeledReplicas: 5 })] },
    { subresource: "/status" },
  ),
  "statefulsets: new ones": creations({
    ...statefulSet,
    right: [...rightStatefulSets, ...rightSelectors, { spec: { volumeClaimTemplates: [claim] } }],
    wrong: [
      ...wrongStatefulSets,
      ...wrongSelectors,
      { spec: { serviceName: "with.dots" } },
      { metadata: { name: "with.dots" } },
    ],
  }),
  "statefulsets: changes": changes({
    ...statefulSet,
    right: rightStatefulSets,
    wrong: [
      ...wrongStatefulSets,
      ...wrongSelectors,
      { spec: { serviceName: "other" } },
      { spec: { podManagementPolicy: "Parallel" } },
      { spec: { volumeClaimTemplates: [claim] } },
    ],
  }),
  "statefulsets: status": changes(
    {
      ...statefulSet,
      right: [...replicaStatuses.right, counts({ replicas: 2, currentRevision: "a", collisionCount: 2 })],
      wrong: [...replicaStatuses.wrong, counts({ currentReplicas: 9 }), counts({ updatedReplicas: 9 })],
    },
    { subresource: "/status" },
  ),
  "daemonsets: new ones": creations({
    ...daemonSet,
    right: [...rightDaemonSets, ...rightSelectors],
    wrong: [...wrongDaemonSets, ...wrongSelectors],
  }),
  "daemonsets: changes": changes({
    ...daemonSet,
    right: rightDaemonSets,
    wrong: [...wrongDaemonSets, ...wrongSelectors, ...rightSelectors],
  }),
  "daemonsets: status": changes(
    {
      ...daemonSet,
      right: [
        counts({ currentNumberScheduled: 1, numberReady: 2 }),
        counts({ desiredNumberScheduled: 4, collisionCount: 1 }),
        counts({ numberAvailable: 3, observedGeneration: 2 }),
        { metadata: { labels: { a: "b" } } },
      ],
      wrong: [
        "currentNumberScheduled",
        "numberMisscheduled",
        "desiredNumberScheduled",
        "numberReady",
        "collisionCount",
      ].map((field) => counts({ [field]: -1 })),
    },
    { subresource: "/status" },
  ),
  "replicationcontrollers: new ones": creations({
    ...replicationController,
    right: [
      ...rightControllers,
      { spec: { selector: null } },
      { metadata: { name: "with.dots" } },
      { spec: { replicas: null } },
    ],
    wrong: [...wrongControllers, { spec: { template: null } }, { spec: { template: null, selector: null } }],
  }),
  "replicationcontrollers: changes": changes({
    ...replicationController,
    right: [
      ...rightControllers,
      { spec: { selector: { app: "b" }, template: { metadata: { labels: { app: "b" } } } } },
    ],
    wrong: [...wrongControllers, { spec: { template: null } }],
  }),
  "replicationcontrollers: status": changes(
    { ...replicationController, ...replicaStatuses },
    { subresource: "/status" },
  ),
  "controllerrevisions: all": async (player, chance, namespace) => {
    const kind = {
      path: "/apis/apps/v1/NAMESPACE/controllerrevisions",
      object: { revision: 1, data: { a: { b: 1 } } },
    };
    const right = [{ revision: 4 }, { metadata: { labels: { a: "b" } } }, { revision: 0 }];
    const wrong = [{ revision: -1 }, { data: [] }, { data: "text" }];
    await creations({ ...kind, right, wrong: [...wrong, { data: null }] }, { right: 1, wrong: 1 })(
      player,
      chance,
      namespace,
    );
    await changes({ ...kind, right, wrong: [...wrong, { data: { a: 2 } }] }, { right: 2, wrong: 2 })(
      player,
      chance,
      namespace,
    );
  },
  "scale: every kind": scales,
};
