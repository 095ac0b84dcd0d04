import { type ProxyRule, readOnly } from "@kubewright/proxy";

/** What the page may ask for; what its user may do, the API server decides. */
export const rules: readonly ProxyRule[] = [
  ...readOnly,
  { verbs: ["patch"], resources: ["deployments/scale", "statefulsets/scale", "replicasets/scale"] },
  {
    verbs: ["delete"],
    resources: ["pods", "deployments", "statefulsets", "daemonsets", "replicasets", "jobs"],
  },
];
