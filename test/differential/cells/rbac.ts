import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

const base = "/apis/rbac.authorization.k8s.io/v1";
const rule = { apiGroups: [""], resources: ["pods"], verbs: ["get"] };
const apiGroup = "rbac.authorization.k8s.io";

const role: PlayedKind = {
  path: `${base}/NAMESPACE/roles`,
  object: { rules: [rule] },
  right: [
    { rules: null },
    { rules: [rule, { apiGroups: ["*"], resources: ["*"], verbs: ["*"], resourceNames: ["a"] }] },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { rules: [{}] },
    { rules: [{ ...rule, verbs: [] }] },
    { rules: [{ ...rule, apiGroups: null }] },
    { rules: [{ ...rule, resources: [] }] },
    { rules: [{ verbs: ["get"], nonResourceURLs: ["/healthz"] }] },
    { rules: [{ ...rule, nonResourceURLs: ["/healthz"] }] },
  ],
};

const clusterRole: PlayedKind = {
  ...role,
  path: `${base}/clusterroles`,
  right: [
    ...role.right,
    { rules: [{ verbs: ["get"], nonResourceURLs: ["/healthz"] }] },
    { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { "example.com/nobody-has-this": "b" } }] } },
  ],
  wrong: [
    { rules: [{}] },
    { rules: [{ ...rule, verbs: [] }] },
    { rules: [{ verbs: ["get"], apiGroups: [""] }] },
    { rules: [{ ...rule, nonResourceURLs: ["/healthz"] }] },
    { aggregationRule: {} },
    { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { "-": "a" } }] } },
    { aggregationRule: { clusterRoleSelectors: [{ matchExpressions: [{ key: "a", operator: "In" }] }] } },
  ],
};

const wrongBindings = [
  { roleRef: { apiGroup: "nonsense", kind: "Role", name: "a" } },
  { roleRef: { kind: "Nonsense" } },
  { roleRef: { name: null } },
  { roleRef: { name: "a/b" } },
  { subjects: [{ kind: "Nonsense", name: "a" }] },
  { subjects: [{}] },
  { subjects: [{ kind: "User", name: "a", apiGroup: "nonsense" }] },
  { subjects: [{ kind: "Group", name: "" }] },
  { subjects: [{ kind: "ServiceAccount", name: "Not_A_Name", namespace: "a" }] },
  { subjects: [{ kind: "ServiceAccount", name: "a", apiGroup: "apps" }] },
];
const rightBindings = [
  {
    subjects: [
      { kind: "User", name: "a" },
      { kind: "Group", name: "b", apiGroup },
    ],
  },
  { subjects: [{ kind: "ServiceAccount", name: "a", namespace: "b" }] },
  { subjects: null },
  { metadata: { labels: { a: "b" } } },
];

const binding: PlayedKind = {
  path: `${base}/NAMESPACE/rolebindings`,
  object: { roleRef: { apiGroup, kind: "Role", name: "a" }, subjects: [{ kind: "User", name: "a" }] },
  right: [...rightBindings, { subjects: [{ kind: "ServiceAccount", name: "a" }] }],
  wrong: wrongBindings,
};

const clusterBinding: PlayedKind = {
  path: `${base}/clusterrolebindings`,
  object: { roleRef: { apiGroup, kind: "ClusterRole", name: "a" } },
  right: rightBindings,
  wrong: [...wrongBindings, { roleRef: { kind: "Role" } }, { subjects: [{ kind: "ServiceAccount", name: "a" }] }],
};

const changedReference = [{ roleRef: { name: "b" } }, { roleRef: { kind: "ClusterRole", name: "b" } }];

/** Roles and who has them. */
export const rbac: Readonly<Record<string, Sequence>> = {
  "roles: create": creations(role),
  "roles: change": changes(role),
  "cluster roles: create": creations(clusterRole),
  "cluster roles: change": changes(clusterRole),
  "role bindings: create": creations(binding, { right: 3, wrong: 4 }),
  "role bindings: change": changes({ ...binding, wrong: [...wrongBindings.slice(4), ...changedReference] }),
  "cluster role bindings: create": creations(clusterBinding, { right: 3, wrong: 4 }),
  "cluster role bindings: change": changes({
    ...clusterBinding,
    wrong: [...wrongBindings.slice(4), ...changedReference],
  }),
};
