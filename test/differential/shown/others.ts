import type { Shown } from "./shown.ts";

const labels = { app: "a" };
const long = "2000-01-01T00:00:00Z";

/** Other kinds in namespaces. */
export const others: readonly Shown[] = [
  {
    path: "/api/v1/namespaces/NAMESPACE/services",
    objects: [
      { spec: { clusterIP: "None", selector: labels } },
      { spec: { type: "ExternalName", externalName: "example.com" } },
      {
        spec: {
          clusterIP: "None",
          ports: [
            { port: 80, name: "a" },
            { port: 53, protocol: "UDP", name: "b" },
          ],
        },
      },
    ],
    statuses: [],
  },
  {
    path: "/api/v1/namespaces/NAMESPACE/persistentvolumeclaims",
    objects: [
      {
        spec: {
          accessModes: ["ReadWriteOnce", "ReadOnlyMany"],
          resources: { requests: { storage: "1Gi" } },
          storageClassName: "fast",
        },
      },
      {
        spec: {
          accessModes: ["ReadWriteMany"],
          resources: { requests: { storage: "5Gi" } },
          volumeName: "pv",
          volumeMode: "Block",
        },
      },
    ],
    statuses: [{ phase: "Bound", capacity: { storage: "7Gi" }, accessModes: ["ReadWriteMany", "ReadWriteOnce"] }],
  },
  {
    path: "/api/v1/namespaces/NAMESPACE/resourcequotas",
    objects: [{ spec: { hard: { "limits.cpu": "4", pods: "10", "requests.cpu": "2" } } }],
    statuses: [
      {
        hard: { "limits.cpu": "4", pods: "10", "requests.cpu": "2" },
        used: { "limits.cpu": "1", pods: "3", "requests.cpu": "500m" },
      },
    ],
  },
  {
    path: "/apis/networking.k8s.io/v1/namespaces/NAMESPACE/ingresses",
    objects: [
      { spec: { defaultBackend: { service: { name: "s", port: { number: 80 } } } } },
      {
        spec: {
          ingressClassName: "c",
          tls: [{ hosts: ["a.example.com"] }],
          rules: ["a", "b", "c", "d"].map((host) => ({ host: `${host}.example.com` })),
        },
      },
    ],
    statuses: [{ loadBalancer: { ingress: [{ ip: "192.0.2.7" }, { hostname: "lb.example.com" }] } }],
  },
  {
    path: "/apis/discovery.k8s.io/v1/namespaces/NAMESPACE/endpointslices",
    objects: [
      {
        addressType: "IPv4",
        endpoints: [
          { addresses: ["192.0.2.1"] },
          { addresses: ["192.0.2.2"] },
          { addresses: ["192.0.2.3"] },
          { addresses: ["192.0.2.4"] },
        ],
        ports: [{ port: 80, name: "a" }, { name: "b" }],
      },
      { addressType: "IPv6", endpoints: [] },
    ],
    statuses: [],
  },
  {
    path: "/api/v1/namespaces/NAMESPACE/endpoints",
    objects: [
      {},
      {
        subsets: [
          {
            addresses: [{ ip: "192.0.2.1" }, { ip: "192.0.2.2" }],
            ports: [
              { port: 80, name: "a" },
              { port: 81, name: "b" },
            ],
          },
        ],
      },
    ],
    statuses: [],
  },
  {
    path: "/api/v1/namespaces/NAMESPACE/events",
    alsoAt: "/apis/events.k8s.io/v1/namespaces/NAMESPACE/events",
    objects: [
      {
        involvedObject: { kind: "Pod", namespace: "NAMESPACE", name: "p", fieldPath: "spec.containers{a}" },
        reason: "Started",
        message: " Container started\n",
        type: "Normal",
        source: { component: "kubelet", host: "n" },
        firstTimestamp: long,
        lastTimestamp: long,
        count: 4,
      },
      {
        involvedObject: { kind: "Pod", namespace: "NAMESPACE" },
        reason: "R",
        message: "m",
        type: "Warning",
        action: "A",
        eventTime: "2000-01-01T00:00:00.000000Z",
        reportingComponent: "example.com/c",
        reportingInstance: "i",
      },
    ],
    statuses: [],
  },
  {
    path: "/apis/rbac.authorization.k8s.io/v1/namespaces/NAMESPACE/rolebindings",
    objects: [
      {
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "r" },
        subjects: [
          { kind: "User", apiGroup: "rbac.authorization.k8s.io", name: "u" },
          { kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: "g" },
          { kind: "ServiceAccount", namespace: "x", name: "s" },
        ],
      },
    ],
    statuses: [],
  },
  {
    path: "/apis/apps/v1/namespaces/NAMESPACE/controllerrevisions",
    objects: [
      { revision: 3 },
      { revision: 1, owner: { apiVersion: "apps/v1", kind: "DaemonSet", name: "d", uid: "u", controller: true } },
    ],
    statuses: [],
  },
];

/** Kinds without namespaces, under names by chance, deleted in the end. */
export const clusterKinds: readonly Shown[] = [
  {
    path: "/api/v1/nodes",
    objects: [
      { metadata: { labels: { "node-role.kubernetes.io/worker": "", "kubernetes.io/role": "edge" } } },
      { spec: { unschedulable: true } },
    ],
    statuses: [
      {
        conditions: [{ type: "Ready", status: "True" }],
        addresses: [
          { type: "InternalIP", address: "192.0.2.9" },
          { type: "ExternalIP", address: "198.51.100.9" },
        ],
        nodeInfo: {
          architecture: "arm64",
          kernelVersion: "6.1",
          kubeletVersion: "v1.36.0",
          osImage: "Linux",
          bootID: "",
          containerRuntimeVersion: "containerd://2",
          kubeProxyVersion: "",
          machineID: "",
          operatingSystem: "linux",
          systemUUID: "",
        },
      },
      { conditions: [{ type: "Ready", status: "Unknown" }] },
    ],
  },
  {
    path: "/api/v1/persistentvolumes",
    objects: [
      {
        spec: {
          accessModes: ["ReadOnlyMany", "ReadWriteOnce"],
          capacity: { storage: "3Gi" },
          hostPath: { path: "/x" },
          claimRef: { namespace: "n", name: "c" },
          storageClassName: "fast",
        },
      },
    ],
    statuses: [{ phase: "Released", reason: "R" }],
  },
  {
    path: "/apis/storage.k8s.io/v1/storageclasses",
    objects: [
      { provisioner: "example.com/p", allowVolumeExpansion: true, volumeBindingMode: "WaitForFirstConsumer" },
      { provisioner: "example.com/p", reclaimPolicy: "Retain" },
    ],
    statuses: [],
  },
  {
    path: "/apis/storage.k8s.io/v1/csidrivers",
    objects: [{ spec: {} }, { spec: { attachRequired: false, tokenRequests: [{ audience: "a" }, { audience: "b" }] } }],
    statuses: [],
  },
  {
    path: "/apis/scheduling.k8s.io/v1/priorityclasses",
    objects: [{ value: 5 }, { value: -3, preemptionPolicy: "Never" }],
    statuses: [],
  },
  {
    path: "/apis/networking.k8s.io/v1/ingressclasses",
    objects: [
      { spec: { controller: "example.com/c" } },
      {
        spec: {
          controller: "example.com/c",
          parameters: { apiGroup: "example.com", kind: "K", name: "n", scope: "Cluster" },
        },
      },
    ],
    statuses: [],
  },
  {
    path: "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
    objects: [{ roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "r" } }],
    statuses: [],
  },
  { path: "/apis/node.k8s.io/v1/runtimeclasses", objects: [{ handler: "h" }], statuses: [] },
];
