interface Sample {
  /** Of the collection. */
  readonly path: string;
  readonly name: string;
  readonly object: unknown;
}

const container = { name: "a", image: "b" };
const template = { metadata: { labels: { app: "a" } }, spec: { containers: [container] } };
const selector = { matchLabels: { app: "a" } };

/** By the path behind the group-version, an object of that resource without its metadata. */
const samples: readonly (readonly [base: string, plural: string, rest: object])[] = [
  ["/api/v1", "configmaps", { data: { a: "b" } }],
  ["/api/v1", "secrets", { stringData: { a: "b" } }],
  ["/api/v1", "pods", { spec: { containers: [container] } }],
  ["/api/v1", "services", { spec: { ports: [{ port: 80 }] } }],
  ["/api/v1", "serviceaccounts", {}],
  [
    "/api/v1",
    "persistentvolumeclaims",
    { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } },
  ],
  ["/apis/apps/v1", "deployments", { spec: { selector, template } }],
  ["/apis/apps/v1", "statefulsets", { spec: { selector, template, serviceName: "s" } }],
  ["/apis/apps/v1", "daemonsets", { spec: { selector, template } }],
  ["/apis/batch/v1", "jobs", { spec: { template: { spec: { containers: [container], restartPolicy: "Never" } } } }],
  ["/apis/networking.k8s.io/v1", "networkpolicies", { spec: { podSelector: {} } }],
  [
    "/apis/rbac.authorization.k8s.io/v1",
    "roles",
    { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] },
  ],
  ["/apis/coordination.k8s.io/v1", "leases", { spec: { holderIdentity: "a" } }],
  ["/apis/policy/v1", "poddisruptionbudgets", { spec: { minAvailable: 1, selector } }],
];

/** An object of some kind, in a namespace. */
export function kindsOfObjects(chance: () => number, namespace: string): Sample {
  const [base, plural, rest] = samples[Math.floor(chance() * samples.length)]!;
  const name = `s-${Math.floor(chance() * 1e6)}`;
  return { path: `${base}/namespaces/${namespace}/${plural}`, name, object: { metadata: { name }, ...rest } };
}
