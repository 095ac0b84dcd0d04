import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

const endpoints: PlayedKind = {
  path: "/api/v1/NAMESPACE/endpoints",
  object: { subsets: [{ addresses: [{ ip: "192.0.2.1" }], ports: [{ port: 80 }] }] },
  right: [
    { subsets: null },
    { subsets: [{ notReadyAddresses: [{ ip: "192.0.2.2", hostname: "a", nodeName: "n" }] }] },
    {
      subsets: [
        {
          addresses: [{ ip: "2001:DB8::1" }],
          ports: [
            { name: "a", port: 1 },
            { name: "b", port: 2, protocol: "UDP" },
          ],
        },
      ],
    },
    { subsets: [{ addresses: [{ ip: "192.0.2.3" }], ports: [{ port: 80, appProtocol: "http" }] }] },
    { subsets: [{ addresses: [{ ip: "192.0.2.3", targetRef: { kind: "Pod", name: "a" } }] }] },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { subsets: [{ ports: [{ port: 80 }] }] },
    { subsets: [{ addresses: [{ ip: "nonsense" }] }] },
    { subsets: [{ addresses: [{}] }] },
    { subsets: [{ addresses: [{ ip: "127.0.0.1" }, { ip: "0.0.0.0" }, { ip: "169.254.0.1" }] }] },
    { subsets: [{ addresses: [{ ip: "::1" }, { ip: "fe80::1" }, { ip: "ff02::1" }] }] },
    { subsets: [{ addresses: [{ ip: "192.0.2.1", hostname: "Upper", nodeName: "Upper" }] }] },
    { subsets: [{ addresses: [{ ip: "192.0.2.1" }], ports: [{ port: 0 }] }] },
    { subsets: [{ addresses: [{ ip: "192.0.2.1" }], ports: [{ port: 80 }, { port: 81 }] }] },
    { subsets: [{ addresses: [{ ip: "192.0.2.1" }], ports: [{ port: 80, protocol: "Nonsense", appProtocol: "-" }] }] },
  ],
};

const slice: PlayedKind = {
  path: "/apis/discovery.k8s.io/v1/NAMESPACE/endpointslices",
  object: { addressType: "IPv4", endpoints: [{ addresses: ["192.0.2.1"] }], ports: [{ name: "a", port: 80 }] },
  right: [
    { endpoints: [{ addresses: ["192.0.2.1", "192.0.2.2"], conditions: { ready: false } }] },
    { endpoints: [{ addresses: ["192.0.2.1"], hostname: "a", nodeName: "n", zone: "z" }] },
    { endpoints: [{ addresses: ["192.0.2.1"], hints: { forZones: [{ name: "z" }], forNodes: [{ name: "n" }] } }] },
    { endpoints: [{ addresses: ["192.0.2.1"], deprecatedTopology: { "kubernetes.io/hostname": "h" } }] },
    { ports: null },
    { ports: [{ port: 80 }, { name: "b", port: 81, protocol: "UDP", appProtocol: "http" }] },
    { metadata: { labels: { a: "b" } } },
    { metadata: { annotations: { a: "b" } } },
  ],
  wrong: [
    { endpoints: [{ addresses: [] }] },
    { endpoints: [{}] },
    { endpoints: [{ addresses: ["nonsense"] }] },
    { endpoints: [{ addresses: ["2001:db8::1"] }] },
    { endpoints: [{ addresses: ["127.0.0.1"] }] },
    { endpoints: [{ addresses: ["192.0.2.1"], hostname: "Upper", nodeName: "Upper" }] },
    { endpoints: [{ addresses: ["192.0.2.1"], hints: { forZones: [{ name: "z" }, { name: "z" }, { name: "-" }] } }] },
    { ports: [{ name: "a" }, { name: "a" }] },
    { ports: [{ name: "Upper", protocol: "Nonsense", appProtocol: "-" }] },
  ],
};

const ofOtherTypes: PlayedKind = {
  ...slice,
  right: [
    { addressType: "IPv6", endpoints: [{ addresses: ["2001:db8::1"] }] },
    { addressType: "FQDN", endpoints: [{ addresses: ["a.example.com", "b.example.com."] }] },
  ],
  wrong: [
    { addressType: null },
    { addressType: "Nonsense" },
    { addressType: "IPv6" },
    { addressType: "IPv6", endpoints: [{ addresses: ["2001:DB8::1"] }] },
    { addressType: "IPv6", endpoints: [{ addresses: ["::1", "fe80::1"] }] },
    { addressType: "FQDN", endpoints: [{ addresses: ["single"] }] },
    { addressType: "FQDN", endpoints: [{ addresses: ["Not_A_Name", ""] }] },
  ],
};

/** Endpoints, old and new. */
export const endpointCells: Readonly<Record<string, Sequence>> = {
  "endpoints: create": creations(endpoints, { right: 3, wrong: 4 }),
  "endpoints: change": changes(endpoints),
  "endpoint slices: create": creations(slice, { right: 4, wrong: 4 }),
  "endpoint slices: types": creations(ofOtherTypes, { right: 2, wrong: 4 }),
  "endpoint slices: change": changes({ ...slice, wrong: [...slice.wrong, { addressType: "IPv6", endpoints: null }] }),
};
