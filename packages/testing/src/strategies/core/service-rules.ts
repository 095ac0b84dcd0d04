import {
  type Causes,
  duplicateCause,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongChoice, wrongForm, wrongLabelsIn, wrongNumberForm, wrongRequiredForm } from "../../validation/checks.ts";
import { wrongCidr } from "../../validation/cidr.ts";
import { wrongEndpointIp } from "../../validation/endpoint-ip.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import {
  wrongDnsLabel,
  wrongDnsSubdomain,
  wrongPortName,
  wrongPortNumber,
  wrongQualifiedName,
} from "../../validation/forms.ts";
import { wrongIp } from "../../validation/ip.ts";
import { wrongClusterIpChange, wrongClusterIps } from "./service-ip-rules.ts";
import { isExternallyAccessible, isHeadless, needsHealthCheck, serviceSpec, type ServiceSpec } from "./service-spec.ts";

// k8s.io/kubernetes pkg/apis/core/validation, validateService

const types: readonly string[] = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const protocols: readonly string[] = ["SCTP", "TCP", "UDP"];
const affinities: readonly string[] = ["ClientIP", "None"];
const policies: readonly string[] = ["Cluster", "Local"];
const distributions: readonly string[] = ["PreferClose", "PreferSameZone", "PreferSameNode"];
const longestAffinity = 86_400;

const hints = "service.kubernetes.io/topology-aware-hints";
const mode = "service.kubernetes.io/topology-mode";
const ranges = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** What is wrong with a Service, new or changed. */
export function* wrongService(service: Fields, old: Fields | undefined): Causes {
  const spec = objectIn(service, "spec");
  const typed = serviceSpec(service);
  yield* wrongHints(service);
  if (objectsIn(spec, "ports").length === 0 && !isHeadless(typed) && typed.type !== "ExternalName")
    yield requiredCause("spec.ports");
  yield* wrongForType(spec, typed);
  yield* wrongPorts(spec);
  yield* wrongLabelsIn(spec, "selector", "spec.selector");
  yield* wrongAffinity(spec);
  yield* wrongClusterIps(typed, old === undefined ? undefined : serviceSpec(old));
  const externalBefore = textsIn(objectIn(old, "spec"), "externalIPs");
  for (const [index, ip] of textsIn(spec, "externalIPs").entries()) {
    const at = `spec.externalIPs[${index}]`;
    const wrong = externalBefore.includes(ip) ? [] : [...wrongIp(at, ip)];
    yield* wrong.length > 0 ? wrong : wrongEndpointIp(at, ip);
  }
  yield* wrongChoice("spec.type", textIn(spec, "type"), types);
  yield* wrongPortNumbers(spec, typed);
  yield* wrongSourceRanges(service, old);
  yield* wrongBalancer(spec, typed);
  yield* wrongTraffic(spec, typed);
}

/** What is wrong with a change of a Service, beside what is wrong with it. */
export function* wrongServiceChange(service: Fields, old: Fields): Causes {
  const [typed, before] = [serviceSpec(service), serviceSpec(old)];
  yield* wrongClusterIpChange(typed, before);
  const given = textIn(objectIn(service, "spec"), "loadBalancerClass");
  const isBalancer = typed.type === "LoadBalancer" && before.type === "LoadBalancer";
  if (isBalancer && given !== textIn(objectIn(old, "spec"), "loadBalancerClass"))
    yield invalidCause("spec.loadBalancerClass", typed.loadBalancerClass, "may not change once set");
  yield* wrongBalancerClass(typed);
  if (needsHealthCheck(typed) && needsHealthCheck(before) && typed.healthCheckNodePort !== before.healthCheckNodePort)
    yield forbiddenCause("spec.healthCheckNodePort", "field is immutable");
  yield* wrongService(service, old);
}

function* wrongHints(service: Fields): Causes {
  const annotations = objectIn(objectIn(service, "metadata"), "annotations");
  const [one, other] = [annotations[hints], annotations[mode]];
  if (one === undefined || other === undefined || one === other) return;
  yield invalidCause(
    `metadata.annotations[${mode}]`,
    other,
    `must match annotations[${hints}] when both are specified`,
  );
}

function* wrongForType(spec: Fields, typed: ServiceSpec): Causes {
  const { type = "" } = typed;
  if (isHeadless(typed) && (type === "LoadBalancer" || type === "NodePort"))
    yield invalidCause("spec.clusterIPs[0]", "None", `may not be set to 'None' for ${type} services`);
  if (type !== "ExternalName") return;
  for (const field of ["clusterIPs", "ipFamilies"])
    if (textsIn(spec, field).length > 0)
      yield forbiddenCause(`spec.${field}`, "may not be set for ExternalName services");
  if (typed.ipFamilyPolicy !== undefined)
    yield forbiddenCause("spec.ipFamilyPolicy", "may not be set for ExternalName services");
  yield* wrongRequiredForm("spec.externalName", textIn(spec, "externalName").replace(/\.$/, ""), wrongDnsSubdomain);
}

function* wrongPorts(spec: Fields): Causes {
  const ports = objectsIn(spec, "ports");
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = `spec.ports[${index}]`;
    const name = textIn(port, "name");
    if (name === "" && ports.length > 1) yield requiredCause(`${at}.name`);
    else if (name !== "") {
      yield* wrongForm(`${at}.name`, name, wrongDnsLabel);
      if (names.has(name)) yield duplicateCause(`${at}.name`, name);
      names.add(name);
    }
    yield* wrongNumberForm(`${at}.port`, numberIn(port, "port") ?? 0, wrongPortNumber);
    yield* wrongChoice(`${at}.protocol`, textIn(port, "protocol"), protocols);
    const target = port["targetPort"];
    if (typeof target === "string") yield* wrongForm(`${at}.targetPort`, target, wrongPortName);
    else yield* wrongNumberForm(`${at}.targetPort`, numberIn(port, "targetPort") ?? 0, wrongPortNumber);
    if (port["appProtocol"] !== undefined)
      yield* wrongForm(`${at}.appProtocol`, textIn(port, "appProtocol"), wrongQualifiedName);
  }
}

function* wrongAffinity(spec: Fields): Causes {
  const affinity = textIn(spec, "sessionAffinity");
  const at = "spec.sessionAffinityConfig";
  yield* wrongChoice("spec.sessionAffinity", affinity, affinities);
  const config = presentIn(spec, "sessionAffinityConfig");
  if (affinity === "None" && config !== undefined)
    yield forbiddenCause(at, "must not be set when session affinity is None");
  if (affinity !== "ClientIP") return;
  const why = "when session affinity type is ClientIP";
  const seconds = numberIn(objectIn(config, "clientIP"), "timeoutSeconds");
  if (config === undefined) yield requiredCause(at, why);
  else if (seconds === undefined) yield requiredCause(`${at}.clientIP`, why);
  else if (seconds <= 0 || seconds > longestAffinity)
    yield invalidCause(
      `${at}.clientIP.timeoutSeconds`,
      seconds,
      `must be greater than 0 and less than ${longestAffinity}`,
    );
}

/** Which ports it has, and those of the nodes. */
function* wrongPortNumbers(spec: Fields, { type }: ServiceSpec): Causes {
  const ports = objectsIn(spec, "ports").map((port) => ({
    protocol: textIn(port, "protocol"),
    port: numberIn(port, "port") ?? 0,
    nodePort: numberIn(port, "nodePort") ?? 0,
  }));
  if (type === "ClusterIP") {
    for (const [index, { nodePort }] of ports.entries())
      if (nodePort !== 0)
        yield forbiddenCause(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'");
  }
  const onNodes = new Set<string>();
  for (const [index, { protocol, nodePort }] of ports.entries()) {
    const key = `${protocol} ${nodePort}`;
    if (nodePort !== 0 && onNodes.has(key)) yield duplicateCause(`spec.ports[${index}].nodePort`, nodePort);
    onNodes.add(key);
  }
  const own = new Set<string>();
  for (const [index, { protocol, port }] of ports.entries()) {
    const key = `${protocol} ${port}`;
    // The form of the server's own type, without the rest of the port.
    const shown = { Name: "", Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
    if (own.has(key)) yield duplicateCause(`spec.ports[${index}]`, shown);
    own.add(key);
  }
}

function* wrongSourceRanges(service: Fields, old: Fields | undefined): Causes {
  const spec = objectIn(service, "spec");
  const isBalancer = spec["type"] === "LoadBalancer";
  const onlyForBalancers = "may only be used when `type` is 'LoadBalancer'";
  const given = textsIn(spec, "loadBalancerSourceRanges");
  if (given.length > 0) {
    const at = "spec.LoadBalancerSourceRanges";
    if (!isBalancer) yield forbiddenCause(at, onlyForBalancers);
    const before = textsIn(objectIn(old, "spec"), "loadBalancerSourceRanges").map((one) => one.trim());
    for (const [index, range] of given.entries())
      if (!before.includes(range.trim())) yield* wrongCidr(`${at}[${index}]`, range.trim());
    return;
  }
  const annotations = (of: Fields | undefined): Fields => objectIn(objectIn(of, "metadata"), "annotations");
  const text = annotations(service)[ranges];
  if (typeof text !== "string") return;
  const at = `metadata.annotations[${ranges}]`;
  if (!isBalancer) yield forbiddenCause(at, onlyForBalancers);
  if (text.trim() === "" || annotations(old)[ranges] === text) return;
  for (const range of text.trim().split(",")) yield* wrongCidr(at, range.trim());
}

function* wrongBalancer(spec: Fields, typed: ServiceSpec): Causes {
  const isBalancer = typed.type === "LoadBalancer";
  if (spec["allocateLoadBalancerNodePorts"] !== undefined && !isBalancer)
    yield forbiddenCause("spec.allocateLoadBalancerNodePorts", "may only be used when `type` is 'LoadBalancer'");
  if (spec["allocateLoadBalancerNodePorts"] === undefined && isBalancer)
    yield requiredCause("allocateLoadBalancerNodePorts");
  yield* wrongBalancerClass(typed);
}

function* wrongBalancerClass({ type, loadBalancerClass }: ServiceSpec): Causes {
  if (loadBalancerClass === undefined) return;
  if (type === "LoadBalancer") yield* wrongForm("spec.loadBalancerClass", loadBalancerClass, wrongQualifiedName);
  else yield forbiddenCause("spec.loadBalancerClass", "may only be used when `type` is 'LoadBalancer'");
}

function* wrongTraffic(spec: Fields, typed: ServiceSpec): Causes {
  const external = textIn(spec, "externalTrafficPolicy");
  if (isExternallyAccessible(typed)) yield* wrongChoice("spec.externalTrafficPolicy", external, policies);
  else if (external !== "")
    yield invalidCause("spec.externalTrafficPolicy", external, "may only be set for externally-accessible services");
  yield* wrongHealthCheck(typed);
  const internal = typed.internalTrafficPolicy;
  if (internal === undefined) {
    if (typed.type !== "ExternalName" && types.includes(typed.type ?? ""))
      yield requiredCause("spec.internalTrafficPolicy");
  } else if (!policies.includes(internal)) yield notSupportedCause("spec.internalTrafficPolicy", internal, policies);
  const distribution = spec["trafficDistribution"];
  if (typeof distribution === "string" && !distributions.includes(distribution))
    yield notSupportedCause("spec.trafficDistribution", distribution, distributions);
}

function* wrongHealthCheck(typed: ServiceSpec): Causes {
  const at = "spec.healthCheckNodePort";
  const { healthCheckNodePort: port = 0 } = typed;
  if (!needsHealthCheck(typed)) {
    const why = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    if (port !== 0) yield invalidCause(at, port, why);
  } else if (port === 0) yield requiredCause(at);
  else yield* wrongNumberForm(at, port, wrongPortNumber);
}
