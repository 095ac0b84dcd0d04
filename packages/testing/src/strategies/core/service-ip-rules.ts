import {
  type Causes,
  duplicateCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { parseIp, wrongIp } from "../../validation/ip.ts";
import { isHeadless, needsAddress, type ServiceSpec } from "./service-spec.ts";

// k8s.io/kubernetes pkg/apis/core/validation, ValidateServiceClusterIPsRelatedFields

const families: readonly string[] = ["IPv4", "IPv6"];
const policies: readonly string[] = ["PreferDualStack", "RequireDualStack", "SingleStack"];

/** What is wrong with a Service's addresses and families, also together. */
export function* wrongClusterIps(spec: ServiceSpec, old: ServiceSpec | undefined): Causes {
  if (!needsAddress(spec)) return;
  const { clusterIP = "", clusterIPs = [], ipFamilyPolicy } = spec;
  const at = "spec.clusterIPs";
  if (clusterIP === "") {
    if (clusterIPs.length > 0) yield invalidCause(at, clusterIPs, "must be empty when `clusterIP` is not specified");
  } else if (clusterIPs.length === 0) yield requiredCause(at);
  else if (clusterIPs[0] !== clusterIP) yield invalidCause(at, clusterIPs, "first value must match `clusterIP`");
  yield* wrongFamilies(spec);
  if (ipFamilyPolicy !== undefined && !policies.includes(ipFamilyPolicy))
    yield notSupportedCause("spec.ipFamilyPolicy", ipFamilyPolicy, policies);
  const wrong = [...wrongAddresses(spec, old)];
  yield* wrong;
  if (clusterIPs.length > 2) yield invalidCause(at, clusterIPs, "may only hold up to 2 values");
  if (wrong.length > 0) return;
  if (clusterIPs.length > 1 && new Set(clusterIPs.map((ip) => parseIp(ip)?.family)).size < clusterIPs.length)
    yield invalidCause(at, clusterIPs, "may specify no more than one IP for each IP family");
  if (!isHeadless(spec)) yield* wrongPairs(spec);
}

function* wrongFamilies({ ipFamilies = [] }: ServiceSpec): Causes {
  const seen = new Set<string>();
  for (const [index, family] of ipFamilies.entries()) {
    if (!families.includes(family)) yield notSupportedCause(`spec.ipFamilies[${index}]`, family, families);
    if (seen.has(family)) yield duplicateCause(`spec.ipFamilies[${index}]`, family);
    seen.add(family);
  }
}

function* wrongAddresses({ clusterIPs = [] }: ServiceSpec, old: ServiceSpec | undefined): Causes {
  for (const [index, ip] of clusterIPs.entries()) {
    if (index === 0 && ip === "None") {
      if (clusterIPs.length > 1)
        yield invalidCause("spec.clusterIPs", clusterIPs, "'None' must be the first and only value");
    } else if (old?.clusterIPs?.includes(ip) !== true) yield* wrongIp(`spec.clusterIPs[${index}]`, ip);
  }
}

function* wrongPairs({ clusterIPs = [], ipFamilies = [] }: ServiceSpec): Causes {
  for (const [index, ip] of clusterIPs.slice(0, ipFamilies.length).entries()) {
    const family = ipFamilies[index]!;
    if (families.includes(family) && `IPv${parseIp(ip)?.family ?? 4}` !== family) {
      const why = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
      yield invalidCause(`spec.clusterIPs[${index}]`, ip, why);
    }
  }
}

/** What may not become of them in a change: validateUpgradeDowngradeClusterIPs and …IPFamilies. */
export function* wrongClusterIpChange(spec: ServiceSpec, old: ServiceSpec): Causes {
  if (!needsAddress(spec) || !needsAddress(old)) return;
  const [isNow, wasBefore] = [isHeadless(spec), isHeadless(old)];
  if (!(isNow && wasBefore)) yield* wrongListChange(spec, old, "clusterIPs", "clusterIP");
  if (!isNow && !wasBefore) yield* wrongListChange(spec, old, "ipFamilies", "ipFamily");
}

function* wrongListChange(
  spec: ServiceSpec,
  old: ServiceSpec,
  field: "clusterIPs" | "ipFamilies",
  one: string,
): Causes {
  const [now = [], before = []] = [spec[field], old[field]];
  const once = "may not change once set";
  if (now.length === before.length) {
    for (const [index, value] of before.entries()) {
      const at = field === "clusterIPs" ? index : 0;
      if (value !== now[index]) yield invalidCause(`spec.${field}[${at}]`, now, once);
    }
    return;
  }
  const wasReleased = now.length < before.length;
  if (wasReleased && (spec.clusterIPs ?? []).length === 0)
    yield invalidCause(`spec.${field}[0]`, now, `primary ${one} can not be unset`);
  if (now.length > 0 && before.length > 0 && now[0] !== before[0])
    yield invalidCause(`spec.${field}[0]`, spec.clusterIPs ?? null, once);
  if (wasReleased && now.length === 1 && spec.ipFamilyPolicy !== "SingleStack") {
    const why = `must be set to 'SingleStack' when releasing the secondary ${one}`;
    yield invalidCause("spec.ipFamilyPolicy", spec.ipFamilyPolicy ?? null, why);
  }
}
