import { pick } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

const port = { port: 80 };

const right = [
  { spec: { ports: [{ port: 80, targetPort: "http", protocol: "UDP", appProtocol: "kubernetes.io/h2c" }] } },
  {
    spec: {
      ports: [
        { name: "a", port: 80 },
        { name: "b", port: 80, protocol: "UDP" },
      ],
    },
  },
  { spec: { clusterIP: "None" } },
  { spec: { clusterIP: "None", selector: { app: "a" } } },
  { spec: { clusterIP: "None", ports: null } },
  { spec: { type: "NodePort" } },
  {
    spec: {
      type: "NodePort",
      ports: [
        { name: "a", port: 53 },
        { name: "b", port: 53, protocol: "UDP" },
      ],
    },
  },
  { spec: { type: "NodePort", externalTrafficPolicy: "Local" } },
  { spec: { type: "LoadBalancer" } },
  { spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" } },
  { spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, loadBalancerClass: "example.com/a" } },
  { spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8", " 2001:DB8::/32"] } },
  { spec: { type: "LoadBalancer", loadBalancerIP: "192.0.2.1" } },
  { spec: { type: "ExternalName", externalName: "example.com.", ports: null } },
  { spec: { type: "ExternalName", externalName: "example.com" } },
  { spec: { externalName: "example.com" } },
  { spec: { selector: { app: "a" }, publishNotReadyAddresses: true } },
  { spec: { sessionAffinity: "ClientIP" } },
  { spec: { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } } },
  { spec: { externalIPs: ["192.0.2.1"] } },
  { spec: { externalIPs: ["2001:DB8::1"], externalTrafficPolicy: "Cluster" } },
  { spec: { internalTrafficPolicy: "Local" } },
  { spec: { trafficDistribution: "PreferClose" } },
  { spec: { trafficDistribution: "PreferSameNode" } },
  { spec: { ipFamilyPolicy: "PreferDualStack" } },
  { spec: { ipFamilies: ["IPv4"] } },
  { metadata: { annotations: { "service.kubernetes.io/topology-aware-hints": "Auto" } } },
  { metadata: { labels: { a: "b" } } },
];

const wrong = [
  { spec: { ports: null } },
  { spec: { ports: [{ port: 0 }] } },
  { spec: { ports: [{ port: 65_536, targetPort: 70_000 }] } },
  { spec: { ports: [{ port: 80, protocol: "Nonsense" }] } },
  { spec: { ports: [{ port: 80, targetPort: "no--port" }] } },
  { spec: { ports: [{ port: 80, name: "Upper" }] } },
  { spec: { ports: [{ port: 80, appProtocol: "-" }] } },
  { spec: { ports: [{ port: 80 }, { port: 81 }] } },
  {
    spec: {
      ports: [
        { name: "a", port: 80 },
        { name: "a", port: 81 },
      ],
    },
  },
  {
    spec: {
      ports: [
        { name: "a", port: 80 },
        { name: "b", port: 80 },
      ],
    },
  },
  { spec: { ports: [{ port: 80, nodePort: 30_000 }] } },
  { spec: { type: "NodePort", ports: [{ port: 80, nodePort: 80 }] } },
  { spec: { type: "NodePort", clusterIP: "None" } },
  { spec: { type: "LoadBalancer", clusterIP: "None" } },
  { spec: { type: "Nonsense" } },
  { spec: { type: "ExternalName" } },
  { spec: { type: "ExternalName", externalName: "Not_A_Name" } },
  { spec: { type: "ExternalName", externalName: "a", ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" } },
  { spec: { type: "LoadBalancer", loadBalancerClass: "-" } },
  { spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.1/8", "nonsense", "010.0.0.0/8"] } },
  { spec: { type: "LoadBalancer", externalTrafficPolicy: "Nonsense" } },
  { spec: { loadBalancerClass: "example.com/a" } },
  { spec: { loadBalancerSourceRanges: ["10.0.0.0/8"] } },
  { spec: { allocateLoadBalancerNodePorts: true } },
  { spec: { externalTrafficPolicy: "Local" } },
  { spec: { healthCheckNodePort: 31_000 } },
  { spec: { internalTrafficPolicy: "Nonsense" } },
  { spec: { trafficDistribution: "Nonsense" } },
  { spec: { selector: { "-": "a", a: "-" } } },
  { spec: { sessionAffinity: "Nonsense" } },
  { spec: { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } } },
  { spec: { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_401 } } } },
  { spec: { externalIPs: ["nonsense"] } },
  { spec: { externalIPs: ["127.0.0.1", "0.0.0.0", "169.254.1.1", "224.0.0.1"] } },
  { spec: { externalIPs: ["010.1.1.1", "::ffff:1.2.3.4"] } },
  { spec: { clusterIP: "nonsense" } },
  { spec: { clusterIP: "192.0.2.1" } },
  { spec: { clusterIP: "10.0.0.1" } },
  { spec: { clusterIP: "None", clusterIPs: ["None", "10.0.0.9"] } },
  { spec: { clusterIPs: ["10.0.0.9"] } },
  { spec: { ipFamilyPolicy: "Nonsense" } },
  { spec: { ipFamilyPolicy: "RequireDualStack" } },
  { spec: { ipFamilies: ["IPv6"] } },
  { spec: { ipFamilies: ["IPv4", "IPv4"] } },
  { spec: { ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "SingleStack" } },
  { spec: { ipFamilies: ["Nonsense"] } },
  {
    metadata: {
      annotations: {
        "service.kubernetes.io/topology-aware-hints": "Auto",
        "service.kubernetes.io/topology-mode": "Disabled",
      },
    },
  },
];

const service: PlayedKind = { path: "/api/v1/NAMESPACE/services", object: { spec: { ports: [port] } }, right, wrong };

const balancer: PlayedKind = {
  path: "/api/v1/NAMESPACE/services",
  object: { spec: { type: "LoadBalancer", ports: [port], externalTrafficPolicy: "Local" } },
  right: [
    { spec: { type: "ClusterIP" } },
    { spec: { type: "NodePort" } },
    { spec: { externalTrafficPolicy: "Cluster" } },
    {
      spec: {
        ports: [
          { name: "a", port: 80 },
          { name: "b", port: 81 },
        ],
      },
    },
    { spec: { allocateLoadBalancerNodePorts: false } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { type: "ExternalName" } },
    { spec: { loadBalancerClass: "example.com/a" } },
    { spec: { healthCheckNodePort: 32_000 } },
    { spec: { clusterIP: "10.0.0.250" } },
    { spec: { clusterIP: "None" } },
    { spec: { ports: [{ port: 80, nodePort: 29_000 }] } },
    { spec: { type: "ClusterIP", externalTrafficPolicy: "Cluster" } },
  ],
};

const status: PlayedKind = {
  path: "/api/v1/NAMESPACE/services",
  object: { spec: { type: "LoadBalancer", ports: [port] } },
  right: [
    { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } },
    { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1", ipMode: "Proxy" }, { hostname: "example.com" }] } } },
    { status: { loadBalancer: { ingress: [{ hostname: "a", ports: [{ port: 80, protocol: "TCP" }] }] } } },
    { spec: { type: "ClusterIP" }, status: { loadBalancer: {} } },
  ],
  wrong: [
    { status: { loadBalancer: { ingress: [{ ip: "nonsense" }] } } },
    { status: { loadBalancer: { ingress: [{ hostname: "Not_A_Name" }, { hostname: "192.0.2.1" }] } } },
    { status: { loadBalancer: { ingress: [{ hostname: "a", ipMode: "VIP" }] } } },
    { status: { loadBalancer: { ingress: [{ ip: "192.0.2.9", ipMode: "Nonsense" }] } } },
  ],
};

/** Addresses and ports are one Service's alone, until it is gone. */
const taken: Sequence = async ({ send }, chance, namespace) => {
  const path = `/api/v1/namespaces/${namespace}/services`;
  const type = pick(chance, ["NodePort", "LoadBalancer"]);
  const first = await send({
    method: "POST",
    path,
    body: { metadata: { name: "first" }, spec: { type, ports: [port] } },
  });
  const { clusterIP, ports } = (first.body as { spec: { clusterIP: string; ports: { nodePort: number }[] } }).spec;
  const second = { metadata: { name: "second" }, spec: { type, ports: [{ port: 81 }] } };
  await send({ method: "POST", path, body: { ...second, spec: { ...second.spec, clusterIP } } });
  const [{ nodePort }] = ports as [{ nodePort: number }];
  await send({ method: "POST", path, body: { ...second, spec: { ...second.spec, ports: [{ port: 81, nodePort }] } } });
  await send({ method: "GET", path: `/apis/networking.k8s.io/v1/ipaddresses/${clusterIP}` });
  await send({ method: "POST", path: `${path}?dryRun=All`, body: second });
  await send({ method: "POST", path, body: second });
  const merge = { method: "PATCH", path: `${path}/second`, contentType: "application/merge-patch+json" } as const;
  await send({ ...merge, body: { spec: { ports: [{ port: 81, nodePort }] } } });
  await send({ ...merge, body: { spec: { type: "ExternalName", externalName: "a.b" } } });
  await send({ ...merge, body: { spec: { type: "ClusterIP" } } });
  await send({ method: "DELETE", path: `${path}/first` });
  await send({ method: "GET", path: `/apis/networking.k8s.io/v1/ipaddresses/${clusterIP}` });
};

/** A PUT makes a Service that is not there, and keeps what it does not say of one that is. */
const put: Sequence = async ({ send }, chance, namespace) => {
  const path = `/api/v1/namespaces/${namespace}/services/a`;
  const type = pick(chance, ["ClusterIP", "NodePort", "LoadBalancer"]);
  const body = { metadata: { name: "a" }, spec: { type, ports: [{ name: "x", port: 80 }] } };
  await send({ method: "PUT", path: `${path}b`, body });
  await send({ method: "PUT", path, body: { ...body, spec: { ...body.spec, ports: [] } } });
  await send({ method: "PUT", path, body });
  await send({ method: "PUT", path, body: { ...body, spec: { ...body.spec, selector: { a: "b" } } } });
  const ports = [
    { name: "y", port: 81 },
    { name: "x", port: 80 },
  ];
  await send({ method: "PUT", path, body: { ...body, spec: { ...body.spec, ports } } });
  await send({ method: "PUT", path, body: { ...body, spec: { ...body.spec, clusterIP: "10.0.0.99" } } });
  await send({ method: "DELETE", path });
};

/** Services: addresses, ports, types, rules. */
export const services: Readonly<Record<string, Sequence>> = {
  "services: create": creations(service, { right: 4, wrong: 4 }),
  "services: change": changes(service, { right: 5, wrong: 4 }),
  "services: change a balancer": changes(balancer),
  "services: status": changes(status, { subresource: "/status" }),
  "services: addresses and ports": taken,
  "services: put": put,
};
