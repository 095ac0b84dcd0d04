import { valueAt } from "../../../objects/draft.ts";
import { numberAt, objectsAt, textAt, textsAt } from "../read.ts";
import type { ApiObject } from "../../../store/api-object.ts";
import { age, type Cell, labels, name, selector, someOf, text, texts } from "../cell.ts";

/** How many addresses, ports and hosts are shown. */
const most = 3;

/** Kinds of networking. */
export const network: Readonly<Record<string, readonly Cell[]>> = {
  services: [
    name,
    text("spec.type"),
    (object) => textsAt(object, "spec.clusterIPs")[0] ?? "<none>",
    externalAddress,
    servicePorts,
    age,
    labels("spec.selector"),
  ],
  endpoints: [name, subsets, age],
  "discovery.k8s.io/endpointslices": [name, text("addressType"), slicePorts, sliceAddresses, age],
  "networking.k8s.io/ingresses": [
    name,
    text("spec.ingressClassName", "<none>"),
    hosts,
    balancerAddresses,
    (object) => (objectsAt(object, "spec.tls").length === 0 ? "80" : "80, 443"),
    age,
  ],
  "networking.k8s.io/ingressclasses": [ingressClassName, text("spec.controller"), ingressParameters, age],
  "networking.k8s.io/networkpolicies": [name, selector("spec.podSelector"), age],
  "networking.k8s.io/servicecidrs": [name, texts("spec.cidrs"), age],
  "networking.k8s.io/ipaddresses": [name, parentRef, age],
};

function externalAddress(service: ApiObject): string {
  const given = textsAt(service, "spec.externalIPs");
  switch (textAt(service, "spec.type")) {
    case "ClusterIP":
    case "NodePort":
      return given.join(",") || "<none>";
    case "LoadBalancer":
      return [balancerAddresses(service), ...given].filter((address) => address !== "").join(",") || "<pending>";
    case "ExternalName":
      return textAt(service, "spec.externalName");
    default:
      return "<unknown>";
  }
}

function balancerAddresses(object: ApiObject): string {
  const addresses = objectsAt(object, "status.loadBalancer.ingress").map(
    (ingress) => textAt(ingress, "ip") || textAt(ingress, "hostname"),
  );
  return [...new Set(addresses.filter((address) => address !== ""))].toSorted().join(",");
}

function servicePorts(service: ApiObject): string {
  const ports = objectsAt(service, "spec.ports").map((port) => {
    const onNode = numberAt(port, "nodePort");
    return `${numberAt(port, "port")}${onNode > 0 ? `:${onNode}` : ""}/${textAt(port, "protocol")}`;
  });
  return ports.join(",") || "<none>";
}

function subsets(endpoints: ApiObject): string {
  const all = objectsAt(endpoints, "subsets");
  if (all.length === 0) return "<none>";
  const addresses = all.flatMap((subset) => {
    const ips = objectsAt(subset, "addresses").map((address) => textAt(address, "ip"));
    const ports = objectsAt(subset, "ports").map((port) => numberAt(port, "port"));
    return ports.length === 0 ? ips : ports.flatMap((port) => ips.map((ip) => hostAndPort(ip, port)));
  });
  return someOf(addresses, most);
}

function hostAndPort(ip: string, port: number): string {
  return ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function slicePorts(slice: ApiObject): string {
  const ports = objectsAt(slice, "ports").map((port) =>
    typeof port["port"] === "number" ? `${port["port"]}` : textAt(port, "name", "*"),
  );
  return someOf(ports, most) || "<unset>";
}

function sliceAddresses(slice: ApiObject): string {
  const addresses = objectsAt(slice, "endpoints").flatMap((endpoint) => textsAt(endpoint, "addresses"));
  return someOf(addresses, most) || "<unset>";
}

function hosts(ingress: ApiObject): string {
  const rules = objectsAt(ingress, "spec.rules");
  const named = rules.map((rule) => textAt(rule, "host")).filter((host) => host !== "");
  const shown = named.slice(0, most).join(",") || "*";
  // Of rules behind the last that is shown, those without a host count too.
  const last = rules.findIndex((rule) => textAt(rule, "host") === named[most - 1]);
  return named.length >= most && last < rules.length - 1 ? `${shown} + ${rules.length - most} more...` : shown;
}

function ingressClassName({ metadata }: ApiObject): string {
  const isDefault = metadata.annotations?.["ingressclass.kubernetes.io/is-default-class"] === "true";
  return isDefault ? `${metadata.name} (default)` : metadata.name;
}

function ingressParameters(object: ApiObject): string {
  if (valueAt(object, "spec.parameters") === undefined) return "<none>";
  const group = textAt(object, "spec.parameters.apiGroup");
  const kind = textAt(object, "spec.parameters.kind");
  return `${kind}${group === "" ? "" : `.${group}`}/${textAt(object, "spec.parameters.name")}`;
}

function parentRef(address: ApiObject): string {
  const {
    group = "",
    resource = "",
    namespace = "",
    name: parent = "",
  } = (valueAt(address, "spec.parentRef") ?? {}) as Readonly<Record<string, string>>;
  if (parent === "") return "<none>";
  const of = (group === "" ? resource : `${resource}.${group}`).toLowerCase();
  return [of, namespace, parent].filter((part) => part !== "").join("/");
}
