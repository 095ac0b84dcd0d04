/** A kind, and a small object of it. */
export interface KindSample {
  /** Behind `/api/` or `/apis/`. */
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Without metadata. */
  readonly rest: object;
}

const container = { name: "a", image: "b" };
const selector = { matchLabels: { app: "a" } };
const template = { metadata: { labels: { app: "a" } }, spec: { containers: [container] } };
const onceTemplate = { spec: { containers: [container], restartPolicy: "Never" } };
const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }];
const roleRef = (kind: string): object => ({ apiGroup: "rbac.authorization.k8s.io", kind, name: "r" });
const webhook = {
  name: "hook.example.com",
  clientConfig: { url: "https://example.com/hook" },
  admissionReviewVersions: ["v1"],
  sideEffects: "None",
  rules: [{ apiGroups: ["example.com"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nothings"] }],
};
const matchConstraints = {
  resourceRules: [{ apiGroups: ["example.com"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nothings"] }],
};
function inNamespace(version: string, plural: string, rest: object): KindSample {
  return { version, plural, namespaced: true, rest };
}

function ofCluster(version: string, plural: string, rest: object): KindSample {
  return { version, plural, namespaced: false, rest };
}

const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };

/** Small objects of the kinds that a server keeps, which disturb nobody. */
export const everyKind: readonly KindSample[] = [
  inNamespace("v1", "configmaps", { data: { a: "b" } }),
  inNamespace("v1", "endpoints", { subsets: [{ addresses: [{ ip: "10.9.8.7" }], ports: [{ port: 80 }] }] }),
  inNamespace("v1", "limitranges", { spec: { limits: [{ type: "Pod", max: { cpu: "64" } }] } }),
  inNamespace("v1", "persistentvolumeclaims", { spec: claim }),
  inNamespace("v1", "pods", { spec: { containers: [container] } }),
  inNamespace("v1", "podtemplates", { template }),
  inNamespace("v1", "replicationcontrollers", { spec: { replicas: 0, selector: { app: "a" }, template } }),
  inNamespace("v1", "resourcequotas", { spec: { hard: { "count/nothings.example.com": "5" } } }),
  inNamespace("v1", "secrets", { data: { a: "Yg==" } }),
  inNamespace("v1", "serviceaccounts", {}),
  inNamespace("v1", "services", { spec: { ports: [{ port: 80 }] } }),
  inNamespace("apps/v1", "controllerrevisions", { revision: 1, data: { a: "b" } }),
  inNamespace("apps/v1", "daemonsets", { spec: { selector, template } }),
  inNamespace("apps/v1", "deployments", { spec: { selector, template } }),
  inNamespace("apps/v1", "replicasets", { spec: { selector, template } }),
  inNamespace("apps/v1", "statefulsets", { spec: { selector, template, serviceName: "s" } }),
  inNamespace("autoscaling/v2", "horizontalpodautoscalers", {
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "d" } },
  }),
  inNamespace("batch/v1", "cronjobs", {
    spec: { schedule: "* * * * *", jobTemplate: { spec: { template: onceTemplate } } },
  }),
  inNamespace("batch/v1", "jobs", { spec: { template: onceTemplate } }),
  inNamespace("coordination.k8s.io/v1", "leases", { spec: { holderIdentity: "a", leaseDurationSeconds: 15 } }),
  inNamespace("discovery.k8s.io/v1", "endpointslices", { addressType: "IPv4", endpoints: [], ports: [] }),
  inNamespace("networking.k8s.io/v1", "ingresses", {
    spec: { defaultBackend: { service: { name: "s", port: { number: 80 } } } },
  }),
  inNamespace("networking.k8s.io/v1", "networkpolicies", { spec: { podSelector: {} } }),
  inNamespace("policy/v1", "poddisruptionbudgets", { spec: { minAvailable: 1, selector } }),
  inNamespace("rbac.authorization.k8s.io/v1", "roles", { rules }),
  inNamespace("rbac.authorization.k8s.io/v1", "rolebindings", { roleRef: roleRef("Role"), subjects: [] }),
  inNamespace("resource.k8s.io/v1", "resourceclaims", {
    spec: { devices: { requests: [{ name: "a", exactly: { deviceClassName: "c.example.com" } }] } },
  }),
  inNamespace("resource.k8s.io/v1", "resourceclaimtemplates", {
    spec: { spec: { devices: { requests: [{ name: "a", exactly: { deviceClassName: "c.example.com" } }] } } },
  }),
  inNamespace("storage.k8s.io/v1", "csistoragecapacities", { storageClassName: "c" }),
  ofCluster("v1", "namespaces", {}),
  ofCluster("v1", "nodes", {}),
  ofCluster("v1", "persistentvolumes", {
    spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], hostPath: { path: "/tmp/a" } },
  }),
  ofCluster("admissionregistration.k8s.io/v1", "mutatingwebhookconfigurations", { webhooks: [webhook] }),
  ofCluster("admissionregistration.k8s.io/v1", "validatingwebhookconfigurations", { webhooks: [webhook] }),
  ofCluster("admissionregistration.k8s.io/v1", "validatingadmissionpolicies", {
    spec: { matchConstraints, validations: [{ expression: "true" }] },
  }),
  ofCluster("admissionregistration.k8s.io/v1", "validatingadmissionpolicybindings", {
    spec: { policyName: "nothing.example.com", validationActions: ["Deny"] },
  }),
  ofCluster("networking.k8s.io/v1", "ingressclasses", { spec: { controller: "example.com/c" } }),
  ofCluster("node.k8s.io/v1", "runtimeclasses", { handler: "h" }),
  ofCluster("rbac.authorization.k8s.io/v1", "clusterroles", { rules }),
  ofCluster("rbac.authorization.k8s.io/v1", "clusterrolebindings", { roleRef: roleRef("ClusterRole"), subjects: [] }),
  ofCluster("resource.k8s.io/v1", "deviceclasses", { spec: {} }),
  ofCluster("scheduling.k8s.io/v1", "priorityclasses", { value: 1 }),
  ofCluster("storage.k8s.io/v1", "csidrivers", { spec: {} }),
  ofCluster("storage.k8s.io/v1", "csinodes", { spec: { drivers: [] } }),
  ofCluster("storage.k8s.io/v1", "storageclasses", { provisioner: "example.com/p" }),
  ofCluster("storage.k8s.io/v1", "volumeattachments", {
    spec: { attacher: "example.com", nodeName: "nothing", source: { persistentVolumeName: "nothing" } },
  }),
  ofCluster("storage.k8s.io/v1", "volumeattributesclasses", { driverName: "d.example.com", parameters: { a: "b" } }),
];

interface SampleObject {
  readonly name: string;
  readonly object: Readonly<Record<string, unknown>> & { readonly metadata: { readonly name: string } };
}

/** Where the objects of a kind are. */
export function collectionOf({ version, plural, namespaced }: KindSample, namespace: string): string {
  const root = version.includes("/") ? `/apis/${version}` : `/api/${version}`;
  return namespaced ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}

/** An object of a kind, with a name that nobody else has on the server. */
export function objectOf({ rest, namespaced }: KindSample, name: string, namespace: string): SampleObject {
  const own = namespaced ? name : `${namespace}-${name}`;
  return { name: own, object: { ...rest, metadata: { name: own } } };
}
