import { type Cause, invalid } from "../../exchange/refusal.ts";
import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import type { ServerState } from "../../state/server-state.ts";
import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongForm } from "../../validation/checks.ts";
import { cidrWarnings } from "../../validation/cidr.ts";
import { type Fields, objectIn, objectsIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongDnsSubdomain } from "../../validation/forms.ts";
import { ipWarnings, parseIp, wrongIp } from "../../validation/ip.ts";
import type { Strategy } from "../strategy.ts";
import { fillAddresses } from "./service-addresses.ts";
import { fillFamilies, isSameList } from "./service-families.ts";
import { fillNodePorts, keepNodePorts } from "./service-ports.ts";
import { wrongService, wrongServiceChange } from "./service-rules.ts";
import {
  isExternallyAccessible,
  needsAddress,
  needsHealthCheck,
  type ServiceSpec,
  serviceSpec,
} from "./service-spec.ts";

/** A Service (k8s.io/kubernetes pkg/registry/core/service). What it is given is what it asks for, or what is free. */
export const services: Strategy = {
  prepareForCreate(draft, { state }) {
    const spec = serviceSpec(draft);
    if ((spec.clusterIP ?? "") !== "" && (spec.clusterIPs ?? []).length === 0) spec.clusterIPs = [spec.clusterIP!];
    fill(draft, undefined, state);
  },
  prepareForUpdate(draft, old, { state }) {
    const [spec, before] = [serviceSpec(draft), serviceSpec(old)];
    keepAddresses(spec, before);
    keepNodePorts(spec, before);
    matchAddresses(spec, before);
    fill(draft, before, state);
    draft["status"] = structuredClone(old["status"]);
    dropForType(spec, before);
    if (spec.type !== "LoadBalancer") draft["status"] = { ...(draft["status"] as object), loadBalancer: {} };
  },
  validate: (draft) => wrongService(draft, undefined),
  validateUpdate: wrongServiceChange,
  warnings: (draft) => serviceWarnings(draft),
  updateWarnings: (draft) => serviceWarnings(draft),
};

/** Gives it all that it lacks. @throws Refusal 422, before anything else is checked */
function fill(draft: Draft, old: ServiceSpec | undefined, state: ServerState): void {
  const spec = serviceSpec(draft);
  refuse(draft, fillFamilies(spec, old));
  refuse(draft, fillAddresses(spec, old, state));
  refuse(draft, fillNodePorts(spec, old, state));
  // Once it was filled in by mistake, and readers never see it.
  if (!needsAddress(spec)) delete spec.internalTrafficPolicy;
}

function refuse({ metadata }: Draft, causes: readonly Cause[]): void {
  if (causes.length > 0) throw invalid({ group: "", name: "Service" }, metadata.name ?? "", causes);
}

/** Whoever says nothing of addresses keeps them. */
function keepAddresses(spec: ServiceSpec, old: ServiceSpec): void {
  if (!needsAddress(spec) || !needsAddress(old)) return;
  if ((spec.clusterIP ?? "") === "" && old.clusterIP !== undefined) spec.clusterIP = old.clusterIP;
  if ((spec.clusterIPs ?? []).length === 0 && old.clusterIPs !== undefined) spec.clusterIPs = [...old.clusterIPs];
}

/** Whoever changes the one address alone means the list too (normalizeClusterIPs). */
function matchAddresses(spec: ServiceSpec, old: ServiceSpec): void {
  const { clusterIP = "" } = spec;
  if (clusterIP === (old.clusterIP ?? "") || !isSameList(spec.clusterIPs, old.clusterIPs)) return;
  if (clusterIP === "") delete spec.clusterIPs;
  else spec.clusterIPs = [clusterIP];
}

/** What a Service of another type has no use for goes, unless it was changed by this very write (dropTypeDependentFields). */
function dropForType(spec: ServiceSpec, old: ServiceSpec): void {
  const isSame = (field: keyof ServiceSpec): boolean => equalValues(spec[field], old[field]);
  if (needsAddress(old) && !needsAddress(spec)) {
    if (isSame("clusterIP") && isSameList(spec.clusterIPs, old.clusterIPs)) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (isSame("ipFamilies")) delete spec.ipFamilies;
    if (isSame("ipFamilyPolicy")) delete spec.ipFamilyPolicy;
  }
  if (isOnNodes(old) && !isOnNodes(spec) && isSameList(nodePortsOf(spec), nodePortsOf(old)))
    for (const port of spec.ports ?? []) delete port.nodePort;
  if (needsHealthCheck(old) && !needsHealthCheck(spec) && isSame("healthCheckNodePort"))
    delete spec.healthCheckNodePort;
  if (old.type === "LoadBalancer" && spec.type !== "LoadBalancer") {
    if (isSame("allocateLoadBalancerNodePorts")) delete spec.allocateLoadBalancerNodePorts;
    if (isSame("loadBalancerClass")) delete spec.loadBalancerClass;
  }
  if (isExternallyAccessible(old) && !isExternallyAccessible(spec) && isSame("externalTrafficPolicy"))
    delete spec.externalTrafficPolicy;
}

function isOnNodes({ type }: ServiceSpec): boolean {
  return type === "NodePort" || type === "LoadBalancer";
}

/** Each once, in order. */
function nodePortsOf({ ports = [] }: ServiceSpec): readonly string[] {
  return [...new Set(ports.map(({ nodePort = 0 }) => String(nodePort)))].toSorted();
}

/** k8s.io/kubernetes pkg/api/service/warnings.go */
function serviceWarnings(service: Fields): readonly string[] {
  const spec = objectIn(service, "spec");
  const typed = serviceSpec(service);
  const isNone = typed.type === "ClusterIP" && typed.clusterIP === "None";
  const external = textsIn(spec, "externalIPs");
  const warnings: string[] = [];
  if (
    objectIn(objectIn(service, "metadata"), "annotations")["service.kubernetes.io/topology-aware-hints"] !== undefined
  )
    warnings.push(
      "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead",
    );
  for (const [index, ip] of textsIn(spec, "clusterIPs").entries())
    if (typed.clusterIP !== "None") warnings.push(...ipWarnings(`spec.clusterIPs[${index}]`, ip));
  if (isNone) {
    if (textIn(spec, "loadBalancerIP") !== "") warnings.push("spec.loadBalancerIP is ignored for headless services");
    if (external.length > 0) warnings.push("spec.externalIPs is ignored for headless services");
    if (spec["sessionAffinity"] !== "None") warnings.push("spec.SessionAffinity is ignored for headless services");
  }
  for (const [index, ip] of external.entries()) warnings.push(...ipWarnings(`spec.externalIPs[${index}]`, ip));
  if (external.length > 0 && !isNone && typed.type !== "ExternalName")
    warnings.push("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
  warnings.push(...ipWarnings("spec.loadBalancerIP", textIn(spec, "loadBalancerIP")));
  for (const [index, range] of textsIn(spec, "loadBalancerSourceRanges").entries())
    warnings.push(...cidrWarnings(`spec.loadBalancerSourceRanges[${index}]`, range));
  if (typed.type === "ExternalName" && external.length > 0)
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (typed.type !== "ExternalName" && textIn(spec, "externalName") !== "")
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec["trafficDistribution"] === "PreferClose")
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}

const ipModes: readonly string[] = ["Proxy", "VIP"];

/** `services/status` */
export const serviceStatus: Strategy = {
  validateUpdate: (draft, old) => wrongBalancerStatus(draft, objectIn(objectIn(old, "status"), "loadBalancer")),
  updateWarnings: (draft) =>
    ingressOf(draft).flatMap((one, index) => ipWarnings(`status.loadBalancer.ingress[${index}]`, textIn(one, "ip"))),
};

function ingressOf(service: Fields): readonly Fields[] {
  return objectsIn(objectIn(objectIn(service, "status"), "loadBalancer"), "ingress");
}

/** ValidateLoadBalancerStatus */
function* wrongBalancerStatus(service: Fields, old: Fields): Causes {
  const ingress = ingressOf(service);
  const at = "status.loadBalancer.ingress";
  if (serviceSpec(service).type !== "LoadBalancer" && ingress.length > 0) {
    yield forbiddenCause(at, "may only be used when `spec.type` is 'LoadBalancer'");
    return;
  }
  const before = objectsIn(old, "ingress").map((one) => textIn(one, "ip"));
  for (const [index, one] of ingress.entries()) {
    const [ip, hostname, ipMode] = [textIn(one, "ip"), textIn(one, "hostname"), textIn(one, "ipMode")];
    if (ip !== "" && !before.includes(ip)) yield* wrongIp(`${at}[${index}].ip`, ip);
    if (one["ipMode"] === undefined) {
      if (ip !== "") yield requiredCause(`${at}[${index}].ipMode`, "must be specified when `ip` is set");
    } else if (ip === "") yield forbiddenCause(`${at}[${index}].ipMode`, "may not be specified when `ip` is not set");
    else if (!ipModes.includes(ipMode)) yield notSupportedCause(`${at}[${index}].ipMode`, ipMode, ipModes);
    if (hostname === "") continue;
    yield* wrongForm(`${at}[${index}].hostname`, hostname, wrongDnsSubdomain);
    if (parseIp(hostname) !== undefined)
      yield invalidCause(`${at}[${index}].hostname`, hostname, "must be a DNS name, not an IP address");
  }
}
