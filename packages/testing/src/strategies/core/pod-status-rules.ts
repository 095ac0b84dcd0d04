import type { Draft } from "../../objects/draft.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, forbiddenCause, invalidCause } from "../../validation/causes.ts";
import { wrongForm } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsSubdomain, wrongQualifiedName } from "../../validation/forms.ts";
import { ipWarnings, parseIp, wrongIp } from "../../validation/ip.ts";
import { wrongAnnotationChange } from "./pod-changes.ts";

/** What is wrong with a pod's status that somebody reports (ValidatePodStatusUpdate). */
export function* wrongPodStatus(pod: Draft, old: ApiObject): Causes {
  yield* wrongAnnotationChange(pod, old);
  const status = objectIn(pod, "status");
  const before = objectIn(old, "status");
  const spec = objectIn(old, "spec");
  yield* wrongConditions(objectsIn(status, "conditions"));
  yield* wrongNomination(status, before, spec);
  const generation = numberIn(status, "observedGeneration") ?? 0;
  if (generation < 0) yield invalidCause("status.observedGeneration", generation, "must be a non-negative integer");
  if (textIn(status, "qosClass") !== textIn(before, "qosClass"))
    yield invalidCause("status.qosClass", textIn(status, "qosClass"), "field is immutable");
  for (const { field, containers } of lists) yield* wrongRestarts(status, before, field, { spec, containers });
  yield* wrongIps(status, before, "podIPs");
  if (objectsIn(status, "hostIPs").length > 0) {
    const first = textIn(objectsIn(status, "hostIPs")[0], "ip");
    if (textIn(status, "hostIP") !== first)
      yield invalidCause("status.hostIPs[0].ip", first, "must be equal to `hostIP`");
    yield* wrongIps(status, before, "hostIPs");
  }
}

/** Addresses that are spelt in their own way. */
export function podStatusWarnings(pod: Draft): readonly string[] {
  const status = objectIn(pod, "status");
  return ["podIPs", "hostIPs"].flatMap((field) =>
    objectsIn(status, field).flatMap((one, index) => ipWarnings(`status.${field}[${index}].ip`, textIn(one, "ip"))),
  );
}

const ownConditions = ["PodScheduled", "Ready", "Initialized"];

function* wrongConditions(conditions: readonly Fields[]): Causes {
  for (const [index, condition] of conditions.entries()) {
    const at = `status.conditions[${index}]`;
    const generation = numberIn(condition, "observedGeneration") ?? 0;
    if (generation < 0) yield invalidCause(`${at}.observedGeneration`, generation, "must be a non-negative integer");
    const type = textIn(condition, "type");
    if (!ownConditions.includes(type)) yield* wrongForm(`${at}.Type`, type, wrongQualifiedName);
  }
}

function* wrongNomination(status: Fields, before: Fields, spec: Fields): Causes {
  const name = textIn(status, "nominatedNodeName");
  if (name === "" || name === textIn(before, "nominatedNodeName")) return;
  yield* wrongForm("status.nominatedNodeName", name, wrongDnsSubdomain);
  if (textIn(spec, "nodeName") !== "")
    yield forbiddenCause("status.nominatedNodeName", "may not be set on pods that are already bound to a node");
}

const lists = [
  { field: "containerStatuses", containers: "containers" },
  { field: "initContainerStatuses", containers: "initContainers" },
  { field: "ephemeralContainerStatuses", containers: undefined },
] as const;

interface Containers {
  readonly spec: Fields;
  /** The field of the spec that has them; undefined for those that never start again. */
  readonly containers: string | undefined;
}

/** What has ended stays so, unless it is to start again. */
function* wrongRestarts(status: Fields, before: Fields, field: string, { spec, containers }: Containers): Causes {
  if (containers !== undefined && mayAllRestart(spec)) return;
  const now = objectsIn(status, field);
  for (const [index, old] of objectsIn(before, field).entries()) {
    const ended = presentIn(objectIn(old, "state"), "terminated");
    if (ended === undefined) continue;
    const name = textIn(old, "name");
    const runsAgain = (one: Fields): boolean =>
      textIn(one, "name") === name && presentIn(objectIn(one, "state"), "terminated") === undefined;
    if (!now.some(runsAgain)) continue;
    const container = objectsIn(spec, containers ?? "").find((one) => textIn(one, "name") === name);
    if (container !== undefined && restarts(container, spec, numberIn(ended, "exitCode") ?? 0)) continue;
    yield forbiddenCause(`status.${field}[${index}].state`, "may not be transitioned to non-terminated state");
  }
}

/** Whether the end of one container starts all of them again (AllContainersCouldRestart). */
function mayAllRestart(spec: Fields): boolean {
  const containers = [...objectsIn(spec, "initContainers"), ...objectsIn(spec, "containers")];
  return containers.some((one) =>
    objectsIn(one, "restartPolicyRules").some(({ action }) => action === "RestartAllContainers"),
  );
}

/** ContainerShouldRestart of pkg/api/v1/pod */
function restarts(container: Fields, spec: Fields, exitCode: number): boolean {
  const rule = objectsIn(container, "restartPolicyRules").find((one) => {
    const codes = objectIn(one, "exitCodes");
    const isListed = ((codes["values"] ?? []) as readonly number[]).includes(exitCode);
    return textIn(codes, "operator") === "In" ? isListed : textIn(codes, "operator") === "NotIn" && !isListed;
  });
  if (rule?.["action"] === "Restart") return true;
  switch (textIn(container, "restartPolicy") || textIn(spec, "restartPolicy")) {
    case "Always":
      return true;
    case "OnFailure":
      return exitCode !== 0;
    default:
      return false;
  }
}

/** Addresses are right, unless they were wrong before, and there is at most one of each family. */
function* wrongIps(status: Fields, before: Fields, field: string): Causes {
  const known = objectsIn(before, field).map((one) => textIn(one, "ip"));
  const ips = objectsIn(status, field).map((one) => textIn(one, "ip"));
  const at = `status.${field}`;
  for (const [index, ip] of ips.entries()) if (!known.includes(ip)) yield* wrongIp(`${at}[${index}]`, ip);
  if (ips.length < 2) return;
  const parsed = ips.map((ip) => parseIp(ip));
  const unread = parsed.indexOf(undefined);
  if (unread >= 0) {
    const why = `failed to check for dual stack with error:invalid IP[${unread}]: ${ips[unread]!}`;
    yield { reason: "InternalError", message: `Internal error: ${why}`, field: at };
  }
  const families = new Set(parsed.map((ip) => ip?.family));
  if (unread < 0 && families.size === 2 && ips.length === 2) return;
  const shown = ips.map((ip) => ({ IP: ip }));
  yield invalidCause(at, shown, "may specify no more than one IP for each IP family");
}
