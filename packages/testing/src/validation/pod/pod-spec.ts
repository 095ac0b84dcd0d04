import { type Causes, duplicateCause, forbiddenCause, invalidCause, requiredCause, tooLongCause } from "../causes.ts";
import { wrongChoice, wrongForm, wrongLabelsIn } from "../checks.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn, textsIn } from "../fields.ts";
import { outOfRange, wrongDnsLabel, wrongDnsSubdomain, wrongQualifiedName } from "../forms.ts";
import { wrongIp } from "../ip.ts";
import { wrongAffinity } from "./affinity.ts";
import { wrongContainers, wrongEphemeralContainers, wrongInitContainers } from "./container-lists.ts";
import { wrongDnsConfig } from "./dns-config.ts";
import { wrongFileKeys } from "./env.ts";
import { wrongHostUse } from "./host-use.ts";
import { wrongHostProcess, wrongOs } from "./operating-system.ts";
import type { PodParts } from "./pod-parts.ts";
import { podClaimNames, wrongPodClaims } from "./resource-claims.ts";
import { wrongPodResources, wrongResources } from "./resources.ts";
import { wrongPodSecurityContext } from "./security-context.ts";
import { wrongTolerations } from "./tolerations.ts";
import { wrongTopologySpread } from "./topology-spread.ts";
import { wrongVolumes } from "./volumes.ts";

/** What of a pod its spec is judged with; undefined for a template. */
export interface PodIdentity {
  readonly name: string;
  /** Whether the kubelet made it from a file of its own. */
  readonly isMirror: boolean;
}

/** What is wrong with the spec of a pod or of a template, which stands at a path. k8s.io/kubernetes pkg/apis/core/validation, ValidatePodSpec. */
export function* wrongPodSpec(spec: Fields, at: string, pod: PodIdentity | undefined): Causes {
  if (spec["terminationGracePeriodSeconds"] === undefined) yield requiredCause(`${at}.terminationGracePeriodSeconds`);
  const volumes = wrongVolumes(spec, `${at}.volumes`, pod?.name);
  yield* volumes.causes;
  yield* wrongPodClaims(spec, `${at}.resourceClaims`, pod?.isMirror === true);
  const parts: PodParts = { spec, volumes: volumes.usable, claimNames: podClaimNames(spec) };
  yield* wrongContainers(parts, `${at}.containers`);
  yield* wrongInitContainers(parts, `${at}.initContainers`);
  yield* wrongEphemeralContainers(parts, `${at}.ephemeralContainers`);
  yield* wrongPodResources(spec, `${at}.resources`);
  yield* wrongHostPorts(spec, `${at}.containers`, pod !== undefined);
  yield* wrongChoice(`${at}.restartPolicy`, textIn(spec, "restartPolicy"), ["Always", "OnFailure", "Never"]);
  yield* wrongChoice(`${at}.dnsPolicy`, textIn(spec, "dnsPolicy"), dnsPolicies);
  yield* wrongLabelsIn(spec, "nodeSelector", `${at}.nodeSelector`);
  yield* wrongPodSecurityContext(spec, `${at}.securityContext`);
  yield* wrongAffinity(objectIn(spec, "affinity"), `${at}.affinity`);
  yield* wrongDnsConfig(spec, `${at}.dnsConfig`);
  yield* wrongGates(spec, at);
  yield* wrongTopologySpread(objectsIn(spec, "topologySpreadConstraints"), `${at}.topologySpreadConstraints`);
  yield* wrongHostProcess(spec, at);
  yield* wrongHostUse(spec, at);
  yield* wrongHostnameOverride(spec, `${at}.hostnameOverride`);
  yield* wrongNames(spec, at);
  yield* wrongTolerations(objectsIn(spec, "tolerations"), `${at}.tolerations`);
  yield* wrongHostAliases(objectsIn(spec, "hostAliases"), `${at}.hostAliases`);
  yield* wrongScheduling(spec, at);
  const overhead = presentIn(spec, "overhead");
  if (overhead !== undefined) yield* wrongResources({ limits: overhead }, `${at}.overhead`, new Set());
  yield* wrongOs(spec, at);
  yield* wrongSchedulingGroup(presentIn(spec, "schedulingGroup"), `${at}.schedulingGroup.podGroupName`);
  yield* wrongFileKeys(spec, at);
}

const dnsPolicies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

/** In a template, a host port that is missing is filled in once there is a pod. */
function* wrongHostPorts(spec: Fields, at: string, isPod: boolean): Causes {
  if (spec["hostNetwork"] !== true) return;
  for (const [index, container] of objectsIn(spec, "containers").entries()) {
    for (const [place, { hostPort = 0, containerPort }] of objectsIn(container, "ports").entries()) {
      if (hostPort === containerPort || (hostPort === 0 && !isPod)) continue;
      const why = "must match `containerPort` when `hostNetwork` is true";
      yield invalidCause(`${at}[${index}].ports[${place}].hostPort`, hostPort, why);
    }
  }
}

function* wrongGates(spec: Fields, at: string): Causes {
  for (const [index, gate] of objectsIn(spec, "readinessGates").entries())
    yield* wrongForm(`${at}.readinessGates[${index}].conditionType`, textIn(gate, "conditionType"), wrongQualifiedName);
  yield* wrongSchedulingGates(objectsIn(spec, "schedulingGates"), `${at}.schedulingGates`);
}

function* wrongSchedulingGates(gates: readonly Fields[], at: string): Causes {
  const seen = new Set<string>();
  for (const [index, gate] of gates.entries()) {
    const name = textIn(gate, "name");
    yield* wrongForm(`${at}[${index}]`, name, wrongQualifiedName);
    if (seen.has(name)) yield duplicateCause(`${at}[${index}]`, name);
    seen.add(name);
  }
}

function* wrongHostnameOverride(spec: Fields, at: string): Causes {
  const name = spec["hostnameOverride"];
  if (typeof name !== "string") return;
  if (spec["setHostnameAsFQDN"] === true)
    yield forbiddenCause(at, "may not be specified when setHostnameAsFQDN is true");
  if (spec["hostNetwork"] === true) yield forbiddenCause(at, "may not be specified when hostNetwork is true");
  if (name.length > 64) yield tooLongCause(at, 64);
  yield* wrongForm(at, name, wrongDnsSubdomain);
}

function* wrongNames(spec: Fields, at: string): Causes {
  for (const field of ["serviceAccountName", "nodeName"]) {
    const name = textIn(spec, field);
    if (name !== "") yield* wrongForm(`${at}.${field}`, name, wrongDnsSubdomain);
  }
  const deadline = spec["activeDeadlineSeconds"];
  if (typeof deadline === "number") {
    for (const why of outOfRange(deadline, 1, 2_147_483_647))
      yield invalidCause(`${at}.activeDeadlineSeconds`, deadline, why);
  }
  for (const field of ["hostname", "subdomain"]) {
    const name = textIn(spec, field);
    if (name !== "") yield* wrongForm(`${at}.${field}`, name, wrongDnsLabel);
  }
}

function* wrongHostAliases(aliases: readonly Fields[], at: string): Causes {
  for (const [index, alias] of aliases.entries()) {
    yield* wrongIp(`${at}[${index}].ip`, textIn(alias, "ip"));
    for (const [place, hostname] of textsIn(alias, "hostnames").entries())
      yield* wrongForm(`${at}[${index}].hostnames[${place}]`, hostname, wrongDnsSubdomain);
  }
}

function* wrongScheduling(spec: Fields, at: string): Causes {
  const className = textIn(spec, "priorityClassName");
  if (className !== "") yield* wrongForm(`${at}.priorityClassName`, className, wrongDnsSubdomain);
  const runtime = spec["runtimeClassName"];
  if (typeof runtime === "string") yield* wrongForm(`${at}.runtimeClassName`, runtime, wrongDnsSubdomain);
  const preemption = spec["preemptionPolicy"];
  if (typeof preemption === "string")
    yield* wrongChoice(`${at}.preemptionPolicy`, preemption, ["PreemptLowerPriority", "Never"]);
}

function* wrongSchedulingGroup(group: Fields | undefined, at: string): Causes {
  if (group === undefined) return;
  const name = group["podGroupName"];
  if (typeof name === "string") yield* wrongForm(at, name, wrongDnsSubdomain);
  else yield invalidCause(at, null, "must specify one of: `podGroupName`");
}
