import { valueAt } from "../../../objects/draft.ts";
import { numberAt, objectsAt, textAt } from "../read.ts";
import type { ApiObject } from "../../../store/api-object.ts";
import { age, type Cell, labels, name, number, numberOr, since, sinceTime, someOf, text } from "../cell.ts";
import { humanDuration } from "../human-duration.ts";

/** Kinds that tell of the cluster itself, and of what happens in it. */
export const cluster: Readonly<Record<string, readonly Cell[]>> = {
  namespaces: [name, text("status.phase"), age],
  nodes: [
    name,
    nodeStatus,
    nodeRoles,
    age,
    text("status.nodeInfo.kubeletVersion"),
    nodeAddress("InternalIP"),
    nodeAddress("ExternalIP"),
    text("status.nodeInfo.osImage", "<unknown>"),
    kernel,
    text("status.nodeInfo.containerRuntimeVersion", "<unknown>"),
  ],
  events: [
    lastSeen,
    text("type"),
    text("reason"),
    involvedObject,
    text("involvedObject.fieldPath"),
    eventSource,
    (event) => textAt(event, "message").trim(),
    firstSeen,
    eventCount,
    name,
  ],
  "apiregistration.k8s.io/apiservices": [name, apiService, available, age],
  "certificates.k8s.io/certificatesigningrequests": [
    name,
    age,
    text("spec.signerName", "<none>"),
    text("spec.username"),
    requestedDuration,
    approval,
  ],
  "certificates.k8s.io/clustertrustbundles": [name, text("spec.signerName", "<none>")],
  "certificates.k8s.io/podcertificaterequests": [
    name,
    text("spec.podName"),
    text("spec.serviceAccountName"),
    text("spec.nodeName"),
    text("spec.signerName"),
    certificateState,
    labels("spec.unverifiedUserAnnotations"),
  ],
  "flowcontrol.apiserver.k8s.io/flowschemas": [
    name,
    text("spec.priorityLevelConfiguration.name"),
    number("spec.matchingPrecedence"),
    text("spec.distinguisherMethod.type", "<none>"),
    age,
    (schema) => textAt(conditionOf(schema, "Dangling"), "status", "?"),
  ],
  "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations": [
    name,
    text("spec.type"),
    numberOr("spec.limited.nominalConcurrencyShares", "<none>"),
    numberOr("spec.limited.limitResponse.queuing.queues", "<none>"),
    numberOr("spec.limited.limitResponse.queuing.handSize", "<none>"),
    numberOr("spec.limited.limitResponse.queuing.queueLengthLimit", "<none>"),
    age,
  ],
  "internal.apiserver.k8s.io/storageversions": [
    name,
    text("status.commonEncodingVersion", "<unset>"),
    storageVersions,
    age,
  ],
  "storagemigration.k8s.io/storageversionmigrations": [name, migratedResource, migrationState],
  "scheduling.k8s.io/podgroups": [
    name,
    (group) => (valueAt(group, "spec.schedulingPolicy.gang") === undefined ? "Basic" : "Gang"),
    text("spec.podGroupTemplateRef.workload.workloadName", "<none>"),
    podGroupState,
    age,
  ],
  "resource.k8s.io/resourceclaims": [name, claimState, age],
  "resource.k8s.io/resourceslices": [name, text("spec.nodeName"), text("spec.driver"), text("spec.pool.name"), age],
  "resource.k8s.io/devicetaintrules": [
    name,
    text("spec.taint.key"),
    text("spec.taint.value"),
    text("spec.taint.effect"),
    since("spec.taint.timeAdded", ""),
    age,
  ],
};

function conditionOf(object: ApiObject, wanted: string): Readonly<Record<string, unknown>> {
  return objectsAt(object, "status.conditions").find(({ type }) => type === wanted) ?? {};
}

function nodeStatus(node: ApiObject): string {
  const ready = conditionOf(node, "Ready")["status"];
  const status = ready === undefined ? "Unknown" : ready === "True" ? "Ready" : "NotReady";
  return valueAt(node, "spec.unschedulable") === true ? `${status},SchedulingDisabled` : status;
}

function nodeRoles({ metadata }: ApiObject): string {
  const prefix = "node-role.kubernetes.io/";
  const roles = Object.entries(metadata.labels ?? {}).map(([key, value]) =>
    key.startsWith(prefix) ? key.slice(prefix.length) : key === "kubernetes.io/role" ? value : "",
  );
  return [...new Set(roles.filter((role) => role !== ""))].toSorted().join(",") || "<none>";
}

function nodeAddress(wanted: string): Cell {
  return (node) => {
    const found = objectsAt(node, "status.addresses").find(({ type }) => type === wanted);
    return found === undefined ? "<none>" : textAt(found, "address");
  };
}

function kernel(node: ApiObject): string {
  const architecture = textAt(node, "status.nodeInfo.architecture");
  const version = textAt(node, "status.nodeInfo.kernelVersion") || "<unknown>";
  return architecture === "" ? version : `${version} (${architecture})`;
}

function firstSeen(event: ApiObject, now: number): string {
  return sinceTime(textAt(event, "firstTimestamp") || textAt(event, "eventTime"), now);
}

function lastSeen(event: ApiObject, now: number): string {
  if (valueAt(event, "series") !== undefined) return sinceTime(textAt(event, "series.lastObservedTime"), now);
  const time = textAt(event, "lastTimestamp");
  return time === "" ? firstSeen(event, now) : sinceTime(time, now);
}

function eventCount(event: ApiObject): number {
  if (valueAt(event, "series") !== undefined) return numberAt(event, "series.count");
  // An event that happened once has no count in the new API.
  return numberAt(event, "count") || 1;
}

function involvedObject(event: ApiObject): string {
  const kind = textAt(event, "involvedObject.kind").toLowerCase();
  const involved = textAt(event, "involvedObject.name");
  return involved === "" ? kind : `${kind}/${involved}`;
}

function eventSource(event: ApiObject): string {
  const component = textAt(event, "source.component") || textAt(event, "reportingComponent");
  const instance = textAt(event, "source.host") || textAt(event, "reportingInstance");
  return instance === "" ? component : `${component}, ${instance}`;
}

function apiService(service: ApiObject): string {
  if (valueAt(service, "spec.service") === undefined) return "Local";
  return `${textAt(service, "spec.service.namespace")}/${textAt(service, "spec.service.name")}`;
}

function available(service: ApiObject): string {
  const { status = "Unknown", reason = "" } = conditionOf(service, "Available") as Readonly<Record<string, string>>;
  return status === "True" || status === "Unknown" || reason === "" ? status : `${status} (${reason})`;
}

function requestedDuration(request: ApiObject): string {
  const seconds = numberAt(request, "spec.expirationSeconds");
  return seconds === 0 ? "<none>" : humanDuration(seconds * 1000);
}

function approval(request: ApiObject): string {
  const has = (type: string): boolean => objectsAt(request, "status.conditions").some((one) => one["type"] === type);
  const decided = has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending";
  const issued = textAt(request, "status.certificate") === "" ? "" : ",Issued";
  return `${decided}${has("Failed") ? ",Failed" : ""}${issued}`;
}

function certificateState(request: ApiObject): string {
  const last = objectsAt(request, "status.conditions").findLast(({ type }) =>
    ["Issued", "Denied", "Failed"].includes(String(type)),
  );
  return last === undefined ? "Pending" : textAt(last, "type");
}

function claimState(claim: ApiObject): string {
  const deleted = claim.metadata.deletionTimestamp !== undefined;
  const allocated = valueAt(claim, "status.allocation") !== undefined;
  const reserved = allocated && objectsAt(claim, "status.reservedFor").length > 0;
  const states = [deleted && "deleted", allocated ? "allocated" : !deleted && "pending", reserved && "reserved"];
  return states.filter((state) => state !== false).join(",");
}

function storageVersions(version: ApiObject): string {
  const servers = objectsAt(version, "status.storageVersions").map(
    (server) => `${textAt(server, "apiServerID")}=${textAt(server, "encodingVersion")}`,
  );
  return someOf(servers, 3) || "<unset>";
}

function migratedResource(migration: ApiObject): string {
  const group = textAt(migration, "spec.resource.group");
  const resource = textAt(migration, "spec.resource.resource");
  return group === "" ? resource : `${resource}.${group}`;
}

function migrationState(migration: ApiObject): string {
  const last = objectsAt(migration, "status.conditions").findLast(
    ({ type, status }) => status === "True" && ["Running", "Failed", "Succeeded"].includes(String(type)),
  );
  return last === undefined ? "Unknown" : textAt(last, "type");
}

function podGroupState(group: ApiObject): string {
  const disrupted = conditionOf(group, "DisruptionTarget");
  if (disrupted["type"] !== undefined) return textAt(disrupted, "reason");
  const scheduled = conditionOf(group, "PodGroupScheduled")["status"];
  return scheduled === undefined ? "Pending" : scheduled === "True" ? "Scheduled" : "Unschedulable";
}
