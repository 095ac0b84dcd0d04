import type { Group, KubernetesObject } from "@kubewright/core";
import { AdmissionregistrationV1 } from "kubewright/admissionregistration/v1";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { AppsV1 } from "kubewright/apps/v1";
import { AutoscalingV2 } from "kubewright/autoscaling/v2";
import { BatchV1 } from "kubewright/batch/v1";
import { CertificatesV1 } from "kubewright/certificates/v1";
import { CoordinationV1 } from "kubewright/coordination/v1";
import { CoreV1 } from "kubewright/core/v1";
import { DiscoveryV1 } from "kubewright/discovery/v1";
import { EventsV1 } from "kubewright/events/v1";
import { FlowcontrolV1 } from "kubewright/flowcontrol/v1";
import { NetworkingV1 } from "kubewright/networking/v1";
import { NodeV1 } from "kubewright/node/v1";
import { PolicyV1 } from "kubewright/policy/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { SchedulingV1 } from "kubewright/scheduling/v1";
import { StorageV1 } from "kubewright/storage/v1";

/** One kind with the least that the server takes to create it. */
export interface KindCase {
  readonly group: Group<object>;
  /** The resource's name in the group's client. */
  readonly resource: string;
  /** Everything but metadata. */
  readonly body: Omit<KubernetesObject, "metadata"> & { readonly [field: string]: unknown };
}

const template = {
  metadata: { labels: { app: "x" } },
  spec: { containers: [{ name: "main", image: "none" }], nodeSelector: { "no-such-node": "yes" } },
};
const selector = { matchLabels: { app: "x" } };
/** A {@link KindCase} without its types. */
export const kind = (group: object, resource: string, body: object = {}): KindCase =>
  ({ group, resource, body }) as KindCase;

/** More than 25 kinds over more than 10 groups, namespaced and cluster-scoped. */
export const kinds: readonly KindCase[] = [
  kind(CoreV1, "configMaps", { data: { a: "1" } }),
  kind(CoreV1, "secrets", { stringData: { a: "1" } }),
  kind(CoreV1, "services", { spec: { ports: [{ port: 80 }] } }),
  kind(CoreV1, "serviceAccounts"),
  kind(CoreV1, "pods", { spec: { ...template.spec, terminationGracePeriodSeconds: 0 } }),
  kind(CoreV1, "persistentVolumeClaims", {
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  }),
  kind(CoreV1, "persistentVolumes", {
    spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, hostPath: { path: "/tmp" } },
  }),
  kind(CoreV1, "nodes"),
  kind(CoreV1, "limitRanges", { spec: { limits: [{ type: "Pod", max: { cpu: "8" } }] } }),
  kind(CoreV1, "resourceQuotas", { spec: { hard: { "count/jobs.batch": "1000" } } }),
  kind(CoreV1, "replicationControllers", { spec: { replicas: 0, selector: { app: "x" }, template } }),
  kind(CoreV1, "podTemplates", { template }),
  kind(CoreV1, "endpoints"),
  kind(AppsV1, "deployments", { spec: { replicas: 0, selector, template } }),
  kind(AppsV1, "statefulSets", { spec: { replicas: 0, serviceName: "x", selector, template } }),
  kind(AppsV1, "daemonSets", { spec: { selector, template } }),
  kind(AppsV1, "replicaSets", { spec: { replicas: 0, selector, template } }),
  kind(AppsV1, "controllerRevisions", { revision: 1, data: { any: ["thing"] } }),
  kind(BatchV1, "jobs", {
    spec: { suspend: true, template: { spec: { ...template.spec, restartPolicy: "Never" } } },
  }),
  kind(BatchV1, "cronJobs", {
    spec: {
      schedule: "0 0 1 1 *",
      suspend: true,
      jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: "Never" } } } },
    },
  }),
  kind(NetworkingV1, "ingresses", {
    spec: { defaultBackend: { service: { name: "x", port: { number: 80 } } } },
  }),
  kind(NetworkingV1, "networkPolicies", { spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] } }),
  kind(NetworkingV1, "ingressClasses", { spec: { controller: "example.com/none" } }),
  kind(PolicyV1, "podDisruptionBudgets", { spec: { minAvailable: "50%", selector } }),
  kind(RbacV1, "roles", { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] }),
  kind(RbacV1, "clusterRoles", { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] }),
  kind(RbacV1, "roleBindings", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "none" },
    subjects: [{ kind: "User", apiGroup: "rbac.authorization.k8s.io", name: "nobody" }],
  }),
  kind(RbacV1, "clusterRoleBindings", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "none" },
  }),
  kind(StorageV1, "storageClasses", { provisioner: "example.com/none" }),
  kind(StorageV1, "csiDrivers", { spec: { attachRequired: false } }),
  kind(SchedulingV1, "priorityClasses", { value: 7 }),
  kind(CoordinationV1, "leases", { spec: { holderIdentity: "me", renewTime: "2026-01-01T00:00:00.123456Z" } }),
  kind(DiscoveryV1, "endpointSlices", { addressType: "IPv4", endpoints: [{ addresses: ["10.1.2.3"] }] }),
  kind(EventsV1, "events", {
    eventTime: "2026-01-01T00:00:00.123456Z",
    reportingController: "example.com/test",
    reportingInstance: "test",
    action: "Testing",
    reason: "Test",
    type: "Normal",
    regarding: { kind: "Pod", name: "x", namespace: "filled-in" },
  }),
  kind(AutoscalingV2, "horizontalPodAutoscalers", {
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "none" } },
  }),
  kind(NodeV1, "runtimeClasses", { handler: "none" }),
  kind(AdmissionregistrationV1, "validatingWebhookConfigurations"),
  kind(AdmissionregistrationV1, "validatingAdmissionPolicies", {
    spec: {
      failurePolicy: "Ignore",
      matchConstraints: {
        resourceRules: [
          { apiGroups: ["none.example"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["none"] },
        ],
      },
      validations: [{ expression: "true" }],
    },
  }),
  kind(CertificatesV1, "certificateSigningRequests", {
    spec: { signerName: "example.com/none", usages: ["client auth"], request: "" },
  }),
  kind(FlowcontrolV1, "flowSchemas", {
    spec: { matchingPrecedence: 9999, priorityLevelConfiguration: { name: "catch-all" } },
  }),
  kind(ApiextensionsV1, "customResourceDefinitions", {
    spec: {
      group: "kinds.example.com",
      scope: "Namespaced",
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
  }),
];
