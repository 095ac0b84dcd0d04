import type { Sequence } from "../exchange.ts";
import { changes, creations } from "../kinds.ts";

const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const autoscaler = {
  path: "/apis/autoscaling/v2/NAMESPACE/horizontalpodautoscalers",
  object: { spec: { scaleTargetRef, minReplicas: 2, maxReplicas: 5 } },
};
const spec = (fields: object): { spec: object } => ({ spec: fields });
const metric = (one: object): { spec: object } => spec({ metrics: [one] });
const resource = (target: object, name = "cpu"): { spec: object } =>
  metric({ type: "Resource", resource: { name, target } });
const external = (target: object): { spec: object } =>
  metric({ type: "External", external: { metric: { name: "queue" }, target } });
const described = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: "main" };
const object = (fields: object): { spec: object } =>
  metric({
    type: "Object",
    object: { metric: { name: "a" }, describedObject: described, target: { type: "Value", value: "1" }, ...fields },
  });
const pods = (fields: object): { spec: object } =>
  metric({
    type: "Pods",
    pods: { metric: { name: "a" }, target: { type: "AverageValue", averageValue: "1" }, ...fields },
  });
const container = (fields: object): { spec: object } =>
  metric({
    type: "ContainerResource",
    containerResource: {
      name: "cpu",
      container: "a",
      target: { type: "Utilization", averageUtilization: 5 },
      ...fields,
    },
  });
const scaleUp = (rules: object): { spec: object } => spec({ behavior: { scaleUp: rules } });
const policies = (policy: object): { spec: object } => scaleUp({ policies: [policy] });

const rightAutoscalers = [
  spec({ maxReplicas: 9 }),
  spec({ minReplicas: 1 }),
  spec({ minReplicas: null }),
  resource({ type: "Utilization", averageUtilization: 50 }),
  resource({ type: "AverageValue", averageValue: "100Mi" }, "memory"),
  external({ type: "Value", value: "30" }),
  object({}),
  object({ target: { type: "AverageValue", averageValue: "500m" } }),
  pods({}),
  container({}),
  scaleUp({ stabilizationWindowSeconds: 10, selectPolicy: "Min" }),
  scaleUp({ tolerance: "100m" }),
  policies({ type: "Percent", value: 10, periodSeconds: 60 }),
  { metadata: { labels: { a: "b" } } },
];
const wrongAutoscalers = [
  spec({ maxReplicas: 0 }),
  spec({ maxReplicas: -1 }),
  spec({ minReplicas: 0 }),
  spec({ minReplicas: 7 }),
  spec({ scaleTargetRef: { kind: "" } }),
  spec({ scaleTargetRef: { name: "" } }),
  spec({ scaleTargetRef: { kind: "a/b", name: ".." } }),
  spec({ scaleTargetRef: { apiVersion: "v1", kind: "Pod" } }),
  spec({ scaleTargetRef: { apiVersion: "a/b/c" } }),
  metric({ type: "" }),
  metric({ type: "Nonsense" }),
  metric({ type: "Resource" }),
  metric({ type: "Pods", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 1 } } }),
  resource({ type: "Utilization" }),
  resource({ type: "Utilization", averageUtilization: 0 }),
  resource({ type: "Utilization", averageUtilization: 5, averageValue: "5" }),
  resource({ type: "", averageUtilization: 5 }, ""),
  resource({ type: "Much", averageValue: "-5" }),
  external({ type: "Value" }),
  external({ type: "Value", value: "1", averageValue: "1" }),
  external({ type: "Value", value: "0" }),
  object({ describedObject: { kind: "", name: "" } }),
  object({ target: { type: "Value" }, metric: { name: "" } }),
  object({ metric: { name: "a%" } }),
  pods({ target: { type: "AverageValue" } }),
  container({ container: "" }),
  container({ container: "A", name: "" }),
  container({ name: "disk" }),
  scaleUp({ stabilizationWindowSeconds: -1 }),
  scaleUp({ stabilizationWindowSeconds: 4000 }),
  scaleUp({ selectPolicy: "Some" }),
  scaleUp({ tolerance: "-1" }),
  policies({ type: "Nodes", value: 0, periodSeconds: 0 }),
  policies({ type: "Pods", value: -1, periodSeconds: 2000 }),
];

const budget = {
  path: "/apis/policy/v1/NAMESPACE/poddisruptionbudgets",
  object: { spec: { minAvailable: 1, selector: { matchLabels: { app: "a" } } } },
};
const rightBudgets = [
  spec({ minAvailable: "50%" }),
  spec({ minAvailable: 0 }),
  spec({ minAvailable: "100%", unhealthyPodEvictionPolicy: "AlwaysAllow" }),
  spec({ selector: { matchExpressions: [{ key: "app", operator: "Exists" }] } }),
  spec({ selector: { matchLabels: { app: "b" } } }),
  { metadata: { labels: { a: "b" } } },
];
const wrongBudgets = [
  spec({ minAvailable: 1, maxUnavailable: 1 }),
  spec({ minAvailable: -1 }),
  spec({ minAvailable: "many" }),
  spec({ minAvailable: "101%" }),
  spec({ maxUnavailable: "200%" }),
  spec({ selector: { matchLabels: { app: "-" } } }),
  spec({ selector: { matchExpressions: [{ key: "-", operator: "In", values: ["-"] }] } }),
  spec({ unhealthyPodEvictionPolicy: "Never" }),
];
const status = (fields: object): { status: object } => ({ status: fields });
const condition = {
  type: "DisruptionAllowed",
  status: "True",
  reason: "Enough",
  lastTransitionTime: "2026-01-01T00:00:00Z",
};

/** How many pods there are, and how few there may be. */
export const scaling: Readonly<Record<string, Sequence>> = {
  "autoscalers: new ones": creations({
    ...autoscaler,
    right: [
      ...rightAutoscalers,
      spec({ scaleTargetRef: { apiVersion: "v1", kind: "ReplicationController", name: "a" } }),
      { metadata: { name: "with.dots" } },
    ],
    wrong: [...wrongAutoscalers, { metadata: { name: "Not_A_Name" } }],
  }),
  "autoscalers: changes": changes({ ...autoscaler, right: rightAutoscalers, wrong: wrongAutoscalers }),
  "autoscalers: status": changes(
    {
      ...autoscaler,
      right: [
        status({ currentReplicas: 1, desiredReplicas: 2 }),
        status({ conditions: [{ type: "AbleToScale", status: "True" }], desiredReplicas: 3 }),
        { ...spec({ maxReplicas: 1 }), ...status({ observedGeneration: 4 }) },
        { metadata: { labels: { a: "b" } } },
      ],
      wrong: [
        status({ currentReplicas: -1 }),
        status({ desiredReplicas: -1 }),
        status({ currentReplicas: -2, desiredReplicas: -3 }),
        { metadata: { resourceVersion: "1" } },
      ],
    },
    { subresource: "/status" },
  ),
  "disruption budgets: new ones": creations({
    ...budget,
    right: [...rightBudgets, spec({ selector: null }), spec({ minAvailable: null, maxUnavailable: 1 })],
    wrong: wrongBudgets,
  }),
  "disruption budgets: changes": changes({
    ...budget,
    right: rightBudgets,
    wrong: [...wrongBudgets, { metadata: { resourceVersion: null } }],
  }),
  "disruption budgets: status": changes(
    {
      ...budget,
      right: [
        status({ disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1, expectedPods: 3 }),
        status({ conditions: [condition] }),
        status({ disruptedPods: { a: "2026-01-01T00:00:00Z" } }),
        { ...spec({ minAvailable: 5 }), ...status({ observedGeneration: 3 }) },
      ],
      wrong: [
        status({ disruptionsAllowed: -1, currentHealthy: -1 }),
        status({ desiredHealthy: -1, expectedPods: -1 }),
        status({ conditions: [condition, condition] }),
        status({ conditions: [{ type: "-", status: "Maybe" }] }),
        status({ conditions: [{ ...condition, reason: "not a reason", observedGeneration: -1 }] }),
      ],
    },
    { subresource: "/status" },
  ),
};
