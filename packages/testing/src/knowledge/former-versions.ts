/** Versions that the API server reads, but does not serve any more, by kind. */
const formerVersions: Readonly<Record<string, readonly string[]>> = {
  ControllerRevision: ["apps/v1beta1", "apps/v1beta2"],
  CronJob: ["batch/v1beta1"],
  DaemonSet: ["apps/v1beta2", "extensions/v1beta1"],
  Deployment: ["apps/v1beta1", "apps/v1beta2", "extensions/v1beta1"],
  Ingress: ["extensions/v1beta1", "networking.k8s.io/v1beta1"],
  IngressClass: ["networking.k8s.io/v1beta1"],
  Lease: ["coordination.k8s.io/v1beta1"],
  NetworkPolicy: ["extensions/v1beta1"],
  PodDisruptionBudget: ["policy/v1beta1"],
  PriorityClass: ["scheduling.k8s.io/v1alpha1", "scheduling.k8s.io/v1beta1"],
  ReplicaSet: ["apps/v1beta2", "extensions/v1beta1"],
  Role: ["rbac.authorization.k8s.io/v1alpha1", "rbac.authorization.k8s.io/v1beta1"],
  RoleBinding: ["rbac.authorization.k8s.io/v1alpha1", "rbac.authorization.k8s.io/v1beta1"],
  StatefulSet: ["apps/v1beta1", "apps/v1beta2"],
  StorageClass: ["storage.k8s.io/v1beta1"],
};

/** Whether objects of this version are read, though nothing serves it any more. */
export function isFormerVersion(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(formerVersions, kind) && formerVersions[kind]!.includes(apiVersion);
}
