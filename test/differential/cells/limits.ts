import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

const quota: PlayedKind = {
  path: "/api/v1/NAMESPACE/resourcequotas",
  object: { spec: { hard: { pods: "10" } } },
  right: [
    { spec: { hard: { "requests.cpu": "2", "limits.cpu": "1" } } },
    { spec: { hard: { "count/deployments.apps": "5", "example.com/gpu": "1", "requests.example.com/gpu": "1" } } },
    { spec: { hard: { memory: "2Gi", "limits.memory": "1Gi" } } },
    { spec: null },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { hard: { nonsense: "1" } } },
    { spec: { hard: { storage: "1" } } },
    { spec: { hard: { "a b": "1" } } },
    { spec: { hard: { pods: "-1" } } },
    { spec: { hard: { pods: "500m" } } },
  ],
};
const scoped: PlayedKind = {
  ...quota,
  right: [
    { spec: { scopes: ["Terminating"] } },
    { spec: { scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["a"] }] } } },
    {
      spec: {
        scopes: ["BestEffort"],
        scopeSelector: { matchExpressions: [{ scopeName: "BestEffort", operator: "Exists" }] },
      },
    },
  ],
  wrong: [
    { spec: { scopes: ["Nonsense"] } },
    { spec: { scopes: ["BestEffort", "NotBestEffort"] } },
    { spec: { hard: { "requests.cpu": "1" }, scopes: ["BestEffort"] } },
    { spec: { hard: { secrets: "1" }, scopes: ["Terminating"] } },
    { spec: { scopeSelector: { matchExpressions: [{ scopeName: "Nonsense", operator: "In", values: [] }] } } },
    { spec: { scopeSelector: { matchExpressions: [{ scopeName: "BestEffort", operator: "In", values: ["a"] }] } } },
    {
      spec: {
        scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "Exists", values: ["a"] }] },
      },
    },
    { spec: { scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "Near" }] } } },
  ],
};
const quotaStatus: PlayedKind = {
  ...quota,
  right: [
    { status: { hard: { pods: "10" }, used: { pods: "1" } } },
    { spec: { hard: { pods: "5" } }, status: { used: { pods: "2" } } },
    { status: null },
  ],
  wrong: [
    { status: { used: { nonsense: "1" } } },
    { status: { hard: { pods: "-1" } } },
    { status: { used: { pods: "100m" } } },
  ],
};

const limit = (more: object): object => ({ spec: { limits: [{ type: "Container", ...more }] } });
const range: PlayedKind = {
  path: "/api/v1/NAMESPACE/limitranges",
  object: limit({ max: { cpu: "2" } }) as PlayedKind["object"],
  right: [
    limit({ max: { cpu: "2" }, min: { cpu: "1" }, maxLimitRequestRatio: { cpu: "2" } }),
    limit({ default: { memory: "1Gi" }, defaultRequest: { memory: "512Mi" } }),
    {
      spec: {
        limits: [
          { type: "Pod", max: { memory: "1Gi" } },
          { type: "PersistentVolumeClaim", max: { storage: "1Gi" } },
        ],
      },
    },
    { spec: { limits: [{ type: "example.com/own", max: { "example.com/a": "1" } }] } },
    { spec: { limits: [] } },
    { metadata: { labels: { a: "b" } } },
  ] as PlayedKind["right"],
  wrong: [
    { spec: { limits: [{ type: "Nonsense" }] } },
    { spec: { limits: [{ type: "-" }] } },
    {
      spec: {
        limits: [
          { type: "Pod", max: { cpu: "1" } },
          { type: "Pod", min: { cpu: "1" } },
        ],
      },
    },
    { spec: { limits: [{ type: "Pod", default: { cpu: "1" }, defaultRequest: { cpu: "1" } }] } },
    { spec: { limits: [{ type: "PersistentVolumeClaim" }] } },
    limit({ max: { nonsense: "1" } }),
    limit({ max: { pods: "1" } }),
    limit({ max: { cpu: "1" }, min: { cpu: "2" } }),
    limit({ default: { cpu: "3" }, max: { cpu: "2" } }),
    limit({ default: { cpu: "1" }, min: { cpu: "2" }, max: { cpu: "3" } }),
    limit({ defaultRequest: { cpu: "2" }, default: { cpu: "1" }, max: null }),
    limit({ maxLimitRequestRatio: { cpu: "500m" } }),
    limit({ min: { cpu: "1" }, max: { cpu: "2" }, maxLimitRequestRatio: { cpu: "3" } }),
  ] as PlayedKind["wrong"],
};

/** A LimitRange without a name gets one. */
const unnamed: Sequence = async ({ send }, _chance, namespace) => {
  const path = `/api/v1/namespaces/${namespace}/limitranges`;
  const { body } = await send({ method: "POST", path, body: { spec: { limits: [] } } });
  const { name } = (body as { metadata: { name: string } }).metadata;
  await send({ method: "GET", path: `${path}/${name}` });
  await send({ method: "POST", path, body: { metadata: { name: "Upper" }, spec: { limits: [] } } });
  await send({ method: "DELETE", path });
  await send({ method: "GET", path: `${path}/missing` });
};

const node: PlayedKind = {
  path: "/api/v1/nodes",
  object: {},
  right: [
    { spec: { unschedulable: true } },
    { spec: { podCIDR: "10.9.0.0/24" } },
    { spec: { podCIDRs: ["10.9.0.0/24", "2001:DB8::/64"] } },
    { spec: { providerID: "a", externalID: "b" } },
    { spec: { taints: [{ key: "a", effect: "NoExecute", value: "b" }] } },
    { spec: { taints: [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }] } },
    { status: { capacity: { cpu: "4", memory: "8Gi", pods: "110" }, addresses: [{ type: "Hostname", address: "a" }] } },
    { spec: { configSource: { configMap: { name: "a", namespace: "b", kubeletConfigKey: "c" } } } },
  ],
  wrong: [
    { spec: { taints: [{ key: "-", value: "-", effect: "Nonsense" }] } },
    { spec: { taints: [{ key: "a", effect: "" }] } },
    {
      spec: {
        taints: [
          { key: "a", effect: "NoSchedule" },
          { key: "a", effect: "NoSchedule" },
        ],
      },
    },
    { spec: { podCIDRs: ["nonsense"] } },
    { spec: { podCIDRs: ["10.9.0.0/24", "10.10.0.0/24"] } },
    { status: { capacity: { pods: "-1" } } },
    { status: { allocatable: { "example.com/a": "500m" } } },
  ],
};
const changedNode: PlayedKind = {
  ...node,
  object: { spec: { podCIDR: "10.9.0.0/24", providerID: "a" } },
  right: [
    { spec: { unschedulable: true } },
    { metadata: { labels: { a: "b" } } },
    { spec: { taints: null } },
    { spec: { taints: [{ key: "a", effect: "PreferNoSchedule" }] } },
  ],
  wrong: [
    { spec: { podCIDR: "10.10.0.0/24", podCIDRs: ["10.10.0.0/24"] } },
    { spec: { providerID: "b" } },
    { spec: { externalID: "b" } },
    ...node.wrong.slice(0, 3),
  ],
};
const nodeStatus: PlayedKind = {
  ...node,
  right: [
    { status: { capacity: { cpu: "4" }, allocatable: { cpu: "3" } } },
    { status: { conditions: [{ type: "Ready", status: "True" }] } },
    { spec: { unschedulable: true }, status: { addresses: [{ type: "InternalIP", address: "192.0.2.1" }] } },
    { status: { nodeInfo: { kubeletVersion: "v1.36.3" } } },
  ],
  wrong: [
    { status: { capacity: { cpu: "-1" } } },
    {
      status: {
        addresses: [
          { type: "Hostname", address: "a" },
          { type: "Hostname", address: "a" },
        ],
      },
    },
  ],
};

/** What there is, and how much of it may be used. */
export const limits: Readonly<Record<string, Sequence>> = {
  "quotas: create": creations(quota),
  "quotas: scopes": creations(scoped, { right: 3, wrong: 4 }),
  "quotas: change": changes({ ...quota, wrong: [...quota.wrong, { spec: { scopes: ["Terminating"] } }] }),
  "quotas: status": changes(quotaStatus, { subresource: "/status" }),
  "limit ranges: create": creations(range, { right: 3, wrong: 4 }),
  "limit ranges: change": changes(range),
  "limit ranges: names": unnamed,
  "nodes: create": creations(node, { right: 4 }),
  "nodes: change": changes(changedNode),
  "nodes: status": changes(nodeStatus, { subresource: "/status", wrong: 2 }),
};
