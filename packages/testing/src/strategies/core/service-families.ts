import type { Cause } from "../../exchange/refusal.ts";
import { invalidCause } from "../../validation/causes.ts";
import { parseIp } from "../../validation/ip.ts";
import { wrongClusterIps } from "./service-ip-rules.ts";
import { needsAddress, type ServiceSpec } from "./service-spec.ts";

// k8s.io/kubernetes pkg/registry/core/service/storage/alloc.go, initIPFamilyFields

const families = ["IPv4", "IPv6"] as const;

/** Those of this cluster: as a server has them whose `--service-cluster-ip-range` is one of IPv4. */
const configured: readonly string[] = ["IPv4"];

/** Which family an address is of. */
export function familyOf(ip: string): string {
  return parseIp(ip)?.family === 6 ? "IPv6" : "IPv4";
}

/** Fills in the policy and the families that follow from what was said; gives what is wrong instead, if anything is. */
export function fillFamilies(spec: ServiceSpec, old: ServiceSpec | undefined): readonly Cause[] {
  if (!needsAddress(spec) || isSettled(spec, old)) return [];
  spec.ipFamilyPolicy ??= old?.ipFamilyPolicy ?? (isHeadlessWithoutSelector(spec) ? "RequireDualStack" : "SingleStack");
  const wrong = [...wrongClusterIps(spec, old)];
  if (wrong.length > 0) return wrong;
  const causes = old === undefined ? [] : adoptPolicy(spec, old);
  causes.push(...tooManyForOneFamily(spec), ...inferFamilies(spec));
  if (causes.length > 0) return causes;
  if (isHeadlessWithoutSelector(spec)) {
    // Who knows what its endpoints are: it may be of families that the cluster does not have.
    spec.ipFamilies = (spec.ipFamilies ?? []).length === 0 ? [families[0]] : spec.ipFamilies!;
    const [first] = spec.ipFamilies;
    if (spec.ipFamilies.length < 2 && spec.ipFamilyPolicy !== "SingleStack")
      spec.ipFamilies = [first!, first === "IPv4" ? "IPv6" : "IPv4"];
    return [];
  }
  causes.push(...notConfigured(spec));
  if (causes.length === 0 && (spec.ipFamilies ?? []).length === 0) spec.ipFamilies = [families[0]];
  return causes;
}

/** Nobody wants its families changed: isMatchingPreferDualStackClusterIPFields. */
function isSettled(spec: ServiceSpec, old: ServiceSpec | undefined): boolean {
  if (old === undefined || !needsAddress(old)) return false;
  if (spec.ipFamilyPolicy !== "PreferDualStack" || old.ipFamilyPolicy !== "PreferDualStack") return false;
  return isSameList(spec.clusterIPs, old.clusterIPs) && isSameList(spec.ipFamilies, old.ipFamilies);
}

function isHeadlessWithoutSelector({ clusterIP, selector = {} }: ServiceSpec): boolean {
  return clusterIP === "None" && Object.keys(selector).length === 0;
}

/** Whoever goes back to one family need not take the second address away; whoever does that must go back. */
function adoptPolicy(spec: ServiceSpec, old: ServiceSpec): Cause[] {
  const causes: Cause[] = [];
  for (const [field, name] of [
    ["clusterIPs", "cluster IP"],
    ["ipFamilies", "IP family"],
  ] as const) {
    const [now = [], before = []] = [spec[field], old[field]];
    if (spec.ipFamilyPolicy === "SingleStack") {
      if (isSameList(now, before) && now.length > 1) spec[field] = now.slice(0, 1);
    } else if (now.length > 0 && now.length < before.length) {
      const why = `must be 'SingleStack' to release the secondary ${name}`;
      causes.push(invalidCause("spec.ipFamilyPolicy", spec.ipFamilyPolicy, why));
    }
  }
  return causes;
}

function tooManyForOneFamily({ ipFamilyPolicy, clusterIPs = [], ipFamilies = [] }: ServiceSpec): readonly Cause[] {
  if (ipFamilyPolicy !== "SingleStack") return [];
  const wrong = (what: string): Cause =>
    invalidCause(
      "spec.ipFamilyPolicy",
      ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    );
  return [
    ...(clusterIPs.length === 2 ? [wrong("cluster IPs")] : []),
    ...(ipFamilies.length === 2 ? [wrong("IP families")] : []),
  ];
}

function inferFamilies(spec: ServiceSpec): readonly Cause[] {
  const causes: Cause[] = [];
  for (const [index, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip === "None") break;
    if (index < (spec.ipFamilies ?? []).length) continue;
    const family = familyOf(ip);
    if (configured.includes(family)) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else
      causes.push(
        invalidCause(`spec.clusterIPs[${index}]`, spec.clusterIPs, `${family} is not configured on this cluster`),
      );
  }
  return causes;
}

function notConfigured({ ipFamilyPolicy, ipFamilies = [] }: ServiceSpec): readonly Cause[] {
  const causes: Cause[] = [];
  if (ipFamilyPolicy === "RequireDualStack" && configured.length < families.length) {
    const why = "this cluster is not configured for dual-stack services";
    causes.push(invalidCause("spec.ipFamilyPolicy", ipFamilyPolicy, why));
  }
  for (const [index, family] of ipFamilies.entries()) {
    if (!configured.includes(family))
      causes.push(invalidCause(`spec.ipFamilies[${index}]`, family, "not configured on this cluster"));
  }
  return causes;
}

/** Whether two lists hold the same texts. */
export function isSameList(a: readonly string[] = [], b: readonly string[] = []): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
