import { some } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

const base = "/apis/networking.k8s.io/v1";
const service = { name: "a", port: { number: 80 } };
const backend = { service };
const path = (more: object): object => ({
  rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend, ...more }] } }],
});

const ingress: PlayedKind = {
  path: `${base}/NAMESPACE/ingresses`,
  object: { spec: { defaultBackend: backend } },
  right: [
    { spec: { defaultBackend: { service: { name: "a", port: { name: "http", number: null } } } } },
    { spec: { defaultBackend: { service: null, resource: { kind: "A", name: "b", apiGroup: "example.com" } } } },
    { spec: { rules: [{ host: "a.example.com" }, { host: "*.example.com" }] } },
    { spec: path({}) },
    { spec: path({ pathType: "Exact", path: "/a/b" }) },
    { spec: path({ pathType: "ImplementationSpecific", path: "" }) },
    { spec: { tls: [{ hosts: ["a.b", "*.c.d"], secretName: "s" }, {}] } },
    { spec: { ingressClassName: "nginx" } },
    { metadata: { annotations: { "kubernetes.io/ingress.class": "nginx" } } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { defaultBackend: null } },
    { spec: { defaultBackend: { service: null } } },
    { spec: { defaultBackend: { resource: { kind: "A", name: "b" } } } },
    { spec: { defaultBackend: { service: null, resource: { kind: "", name: "a/b", apiGroup: "Upper" } } } },
    { spec: { defaultBackend: { service: { name: "", port: null } } } },
    { spec: { defaultBackend: { service: { name: "Upper", port: { name: "http", number: 80 } } } } },
    { spec: { defaultBackend: { service: { port: { name: "no--port", number: null } } } } },
    { spec: { defaultBackend: { service: { port: { number: 70_000 } } } } },
    { spec: { rules: [{ host: "192.0.2.1" }, { host: "Upper" }, { host: "*.*.b" }, { host: "a.*" }] } },
    { spec: { rules: [{ http: { paths: [] } }] } },
    { spec: path({ pathType: null }) },
    { spec: path({ pathType: "Nonsense" }) },
    { spec: path({ path: "relative" }) },
    { spec: path({ path: "/a//b/./c/../d%2f/.." }) },
    { spec: path({ pathType: "ImplementationSpecific", path: "relative" }) },
    { spec: path({ backend: {} }) },
    { spec: { tls: [{ hosts: ["Upper", "*"], secretName: "Upper" }] } },
    { spec: { ingressClassName: "Upper" } },
  ],
};
const bothClasses = {
  metadata: { annotations: { "kubernetes.io/ingress.class": "a" } },
  spec: { ingressClassName: "b" },
};

const ingressStatus: PlayedKind = {
  ...ingress,
  right: [
    { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }, { hostname: "a.b" }] } } },
    { status: { loadBalancer: { ingress: [{ ip: "2001:DB8::1", ports: [{ port: 80, protocol: "TCP" }] }] } } },
    { spec: { ingressClassName: "other" }, status: { loadBalancer: {} } },
  ],
  wrong: [
    { status: { loadBalancer: { ingress: [{ ip: "nonsense" }] } } },
    { status: { loadBalancer: { ingress: [{ hostname: "192.0.2.1" }] } } },
    { status: { loadBalancer: { ingress: [{ hostname: "Upper" }] } } },
  ],
};

const ingressClass: PlayedKind = {
  path: `${base}/ingressclasses`,
  object: { spec: { controller: "example.com/a" } },
  right: [
    { spec: { parameters: { kind: "A", name: "b" } } },
    { spec: { parameters: { apiGroup: "example.com", kind: "A", name: "b", scope: "Namespace", namespace: "c" } } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { controller: "" } },
    { spec: { controller: "nonsense" } },
    { spec: { controller: "Upper/a b" } },
    { spec: { controller: `example.com/${"a".repeat(250)}` } },
    { spec: { parameters: {} } },
    { spec: { parameters: { apiGroup: "Upper", kind: "a/b", name: "c/d", scope: "Nonsense" } } },
    { spec: { parameters: { kind: "A", name: "b", scope: "Cluster", namespace: "c" } } },
    { spec: { parameters: { kind: "A", name: "b", scope: "Namespace" } } },
    { spec: { parameters: { kind: "A", name: "b", scope: "Namespace", namespace: "Upper" } } },
  ],
};

const peer = { podSelector: {} };
const policy: PlayedKind = {
  path: `${base}/NAMESPACE/networkpolicies`,
  object: { spec: { podSelector: { matchLabels: { a: "b" } } } },
  right: [
    { spec: { ingress: [{ from: [peer, { namespaceSelector: {} }], ports: [{ port: 80 }, { port: "http" }] }] } },
    { spec: { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }] }] } },
    { spec: { egress: [{ to: [{ ipBlock: { cidr: "2001:DB8::/32" } }] }] } },
    { spec: { ingress: [{}], egress: [{}], policyTypes: ["Ingress", "Egress"] } },
    { spec: { ingress: [{ ports: [{ protocol: "UDP" }, { port: 80, endPort: 90 }] }] } },
    { spec: { policyTypes: ["Egress"] } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { podSelector: { matchLabels: { a: "-" } } } },
    { spec: { podSelector: { matchExpressions: [{ key: "a", operator: "Near" }] } } },
    { spec: { ingress: [{ from: [{}] }] } },
    { spec: { ingress: [{ from: [{ ...peer, ipBlock: { cidr: "10.0.0.0/8" } }] }] } },
    { spec: { egress: [{ to: [{ ipBlock: {} }, { ipBlock: { cidr: "nonsense" } }] }] } },
    { spec: { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.1/8" } }] }] } },
    { spec: { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["11.0.0.0/16", "10.0.0.0/8", "x"] } }] }] } },
    { spec: { ingress: [{ ports: [{ port: 0 }, { port: "no--port" }, { protocol: "Nonsense" }] }] } },
    { spec: { ingress: [{ ports: [{ port: 80, endPort: 79 }, { port: "a", endPort: 80 }, { endPort: 80 }] }] } },
    { spec: { ingress: [{ ports: [{ port: 80, endPort: 70_000 }] }] } },
    { spec: { policyTypes: ["Nonsense"] } },
    { spec: { policyTypes: ["Ingress", "Egress", "Ingress"] } },
  ],
};

/** Addresses that no service has. */
const addresses: Sequence = async ({ send }, chance) => {
  const collection = `${base}/ipaddresses`;
  const name = `2001:db8::${Math.floor(1 + chance() * 65_000).toString(16)}:${Math.floor(1 + chance() * 65_000).toString(16)}`;
  const parentRef = { resource: "services", namespace: "a", name: "b" };
  for (const wrong of some(
    chance,
    [
      undefined,
      {},
      { parentRef: null },
      { parentRef: { resource: "", name: "" } },
      { parentRef: { ...parentRef, group: "Upper", resource: "a/b" } },
      { parentRef: { ...parentRef, name: "c/d", namespace: "e/f" } },
    ],
    4,
  ))
    await send({ method: "POST", path: collection, body: { metadata: { name }, spec: wrong } });
  const body = { metadata: { name }, spec: { parentRef } };
  for (const other of some(
    chance,
    ["nonsense", name.toUpperCase().replace("DB8", "0DB8"), "010.0.0.1", "::ffff:1.2.3.4"],
    2,
  ))
    await send({ method: "POST", path: collection, body: { ...body, metadata: { name: other } } });
  await send({ method: "POST", path: collection, body });
  const merge = {
    method: "PATCH",
    path: `${collection}/${name}`,
    contentType: "application/merge-patch+json",
  } as const;
  await send({ ...merge, body: { metadata: { labels: { a: "b" } } } });
  await send({ ...merge, body: { spec: { parentRef: { name: "other" } } } });
  await send({ method: "DELETE", path: `${collection}/${name}` });
};

const range: PlayedKind = {
  path: `${base}/servicecidrs`,
  object: { spec: { cidrs: ["198.51.100.0/24"] } },
  right: [{ metadata: { labels: { a: "b" } } }, { spec: { cidrs: ["198.51.100.0/25", "2001:db8::/112"] } }],
  wrong: [
    { spec: { cidrs: [] } },
    { spec: null },
    { spec: { cidrs: ["nonsense"] } },
    { spec: { cidrs: ["198.51.100.1/24"] } },
    { spec: { cidrs: ["198.51.100.0/24", "198.51.101.0/24"] } },
    { spec: { cidrs: ["2001:DB8::/112"] } },
    { spec: { cidrs: ["198.51.100.0/24", "2001:db8::/112", "198.51.101.0/24"] } },
  ],
};

/** Ingresses, policies and addresses. */
export const networking: Readonly<Record<string, Sequence>> = {
  "ingresses: create": creations({ ...ingress, wrong: [...ingress.wrong, bothClasses] }, { right: 4, wrong: 4 }),
  "ingresses: change": changes(ingress),
  "ingresses: status": changes(ingressStatus, { subresource: "/status" }),
  "ingress classes: create": creations(ingressClass, { right: 2, wrong: 4 }),
  "ingress classes: change": changes({
    ...ingressClass,
    wrong: [...ingressClass.wrong, { spec: { controller: "b.c/d" } }],
  }),
  "network policies: create": creations(policy, { right: 4, wrong: 4 }),
  "network policies: change": changes(policy),
  "ip addresses: all": addresses,
  "service ranges: create": creations(range, { wrong: 4 }),
};
