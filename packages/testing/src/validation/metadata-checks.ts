import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";

/** `whole`: all that new metadata is checked for (ValidateObjectMeta); `change`: what may not change (ValidateObjectMetaUpdate). */
export type MetadataCheck = "whole" | "change";

const once: readonly MetadataCheck[] = ["change"];
const changeFirst: readonly MetadataCheck[] = ["change", "whole"];
const wholeFirst: readonly MetadataCheck[] = ["whole", "change"];
const whole: readonly MetadataCheck[] = ["whole"];
const none: readonly MetadataCheck[] = [];

/**
 * By group, plural and subresource, whose own validation of a change does not look at metadata once at the change; as a real server was
 * seen to answer.
 */
const checks: Readonly<Record<string, readonly MetadataCheck[]>> = {
  "admissionregistration.k8s.io/mutatingadmissionpolicies": whole,
  "admissionregistration.k8s.io/mutatingadmissionpolicybindings": whole,
  "admissionregistration.k8s.io/mutatingwebhookconfigurations": whole,
  "admissionregistration.k8s.io/validatingadmissionpolicies": whole,
  "admissionregistration.k8s.io/validatingadmissionpolicies/status": none,
  "admissionregistration.k8s.io/validatingadmissionpolicybindings": whole,
  "admissionregistration.k8s.io/validatingwebhookconfigurations": whole,
  "apps/controllerrevisions": changeFirst,
  "batch/cronjobs/status": none,
  "batch/jobs": wholeFirst,
  configmaps: changeFirst,
  "discovery.k8s.io/endpointslices": whole,
  endpoints: changeFirst,
  "flowcontrol.apiserver.k8s.io/flowschemas": whole,
  "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations": whole,
  limitranges: whole,
  namespaces: wholeFirst,
  "networking.k8s.io/ingressclasses": changeFirst,
  "networking.k8s.io/ingresses": changeFirst,
  "networking.k8s.io/ipaddresses": changeFirst,
  "node.k8s.io/runtimeclasses": wholeFirst,
  nodes: wholeFirst,
  persistentvolumeclaims: changeFirst,
  persistentvolumes: ["whole", "whole"],
  pods: changeFirst,
  "policy/poddisruptionbudgets": none,
  "policy/poddisruptionbudgets/status": none,
  "rbac.authorization.k8s.io/clusterrolebindings": wholeFirst,
  "rbac.authorization.k8s.io/clusterroles": wholeFirst,
  "rbac.authorization.k8s.io/rolebindings": wholeFirst,
  "rbac.authorization.k8s.io/roles": wholeFirst,
  "resource.k8s.io/deviceclasses": wholeFirst,
  "resource.k8s.io/resourceclaims": wholeFirst,
  "resource.k8s.io/resourceclaimtemplates": wholeFirst,
  secrets: changeFirst,
  serviceaccounts: changeFirst,
  "storage.k8s.io/csinodes": whole,
  "storage.k8s.io/csistoragecapacities": wholeFirst,
  "storage.k8s.io/storageclasses": wholeFirst,
  "storage.k8s.io/volumeattachments": whole,
  "storage.k8s.io/volumeattachments/status": none,
  "storage.k8s.io/volumeattributesclasses": changeFirst,
};

/** Whose validation does not ask finalizers to be known or to have a domain: those that use the checks of k8s.io/apimachinery. */
const withAnyFinalizer: ReadonlySet<string> = new Set([
  "admissionregistration.k8s.io/mutatingadmissionpolicies",
  "admissionregistration.k8s.io/mutatingadmissionpolicybindings",
  "admissionregistration.k8s.io/mutatingwebhookconfigurations",
  "admissionregistration.k8s.io/validatingadmissionpolicies",
  "admissionregistration.k8s.io/validatingadmissionpolicybindings",
  "admissionregistration.k8s.io/validatingwebhookconfigurations",
  "apiextensions.k8s.io/customresourcedefinitions",
  "apiregistration.k8s.io/apiservices",
  "coordination.k8s.io/leasecandidates",
  "coordination.k8s.io/leases",
  "internal.apiserver.k8s.io/storageversions",
  "node.k8s.io/runtimeclasses",
  "policy/poddisruptionbudgets",
]);

/** Whose validation is of the newer kind: it does not look at generateName, but at the name that was made of it. */
const withNewerNames: ReadonlySet<string> = new Set(["replicationcontrollers", "resource.k8s.io/deviceclasses"]);

function keyOf({ group, plural }: ResourceInfo): string {
  return group === "" ? plural : `${group}/${plural}`;
}

/** How the validation of a change looks at metadata, after the server has done so itself. */
export function metadataChecksOf(resource: ResourceInfo, subresource?: SubresourceInfo): readonly MetadataCheck[] {
  const key = subresource === undefined ? keyOf(resource) : `${keyOf(resource)}/${subresource.name}`;
  return Object.hasOwn(checks, key) ? checks[key]! : once;
}

/** Whether finalizers have to be Kubernetes' own or have a domain. */
export function asksForKnownFinalizers(resource: ResourceInfo): boolean {
  return !withAnyFinalizer.has(keyOf(resource));
}

/** Whether names are checked by the newer rules, which do not look at generateName. */
export function hasNewerNames(resource: ResourceInfo): boolean {
  return withNewerNames.has(keyOf(resource));
}
