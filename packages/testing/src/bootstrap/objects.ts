import type { Place } from "../verbs/write-by-server.ts";

/** An object that the server makes itself. */
interface BootstrapObject {
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

const namespaces: Place = { group: "", plural: "namespaces" };
const priorityClasses: Place = { group: "scheduling.k8s.io", plural: "priorityclasses" };

/** The addresses of services: those of a server without `--service-cluster-ip-range` and more, for a test may make many. */
const serviceRange = "10.0.0.0/16";

function namespace(name: string): readonly [Place, BootstrapObject] {
  return [namespaces, { metadata: { name } }];
}

/** A class of the pods that clusters themselves need (k8s.io/kubernetes pkg/apis/scheduling/v1, SystemPriorityClasses). */
function priorityClass(name: string, value: number, description: string): readonly [Place, BootstrapObject] {
  return [priorityClasses, { metadata: { name }, value, description }];
}

/** What a new API server has before anybody writes to it, in the order in which it is made. */
export const bootstrapObjects: readonly (readonly [Place, BootstrapObject])[] = [
  ...["kube-system", "kube-public", "kube-node-lease", "default"].map(namespace),
  priorityClass(
    "system-node-critical",
    2_000_001_000,
    "Used for system critical pods that must not be moved from their current node.",
  ),
  priorityClass(
    "system-cluster-critical",
    2_000_000_000,
    "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
  ),
  [
    { group: "networking.k8s.io", plural: "servicecidrs" },
    { metadata: { name: "kubernetes" }, spec: { cidrs: [serviceRange] } },
  ],
  [
    { group: "", plural: "services", namespace: "default" },
    {
      metadata: { name: "kubernetes", labels: { component: "apiserver", provider: "kubernetes" } },
      spec: {
        type: "ClusterIP",
        clusterIP: "10.0.0.1",
        ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 6443 }],
        sessionAffinity: "None",
        internalTrafficPolicy: "Cluster",
        ipFamilyPolicy: "SingleStack",
      },
    },
  ],
];
