import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";

/** `whole`: all that new metadata is checked for (ValidateObjectMeta); `change`: what may not change (ValidateObjectMetaUpdate). */
type MetadataCheck = "whole" | "change";

const once: readonly MetadataCheck[] = ["change"];
const both: readonly MetadataCheck[] = ["change", "whole"];
const whole: readonly MetadataCheck[] = ["whole"];

/** By group and plural (and subresource), whose validation of a change looks at metadata in another way than once at the change. */
const checks: Readonly<Record<string, readonly MetadataCheck[]>> = {
  "admissionregistration.k8s.io/mutatingwebhookconfigurations": whole,
  "admissionregistration.k8s.io/validatingadmissionpolicies": whole,
  "admissionregistration.k8s.io/validatingadmissionpolicybindings": whole,
  "admissionregistration.k8s.io/validatingwebhookconfigurations": whole,
  "apps/controllerrevisions": both,
  "batch/cronjobs/status": [],
  "batch/jobs": both,
  configmaps: both,
  "discovery.k8s.io/endpointslices": whole,
  endpoints: both,
  "flowcontrol.apiserver.k8s.io/flowschemas": whole,
  "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations": whole,
  limitranges: whole,
  namespaces: both,
  "networking.k8s.io/ingressclasses": both,
  "networking.k8s.io/ingresses": both,
  "networking.k8s.io/ipaddresses": both,
  "node.k8s.io/runtimeclasses": both,
  nodes: both,
  persistentvolumeclaims: both,
  persistentvolumes: ["whole", "whole"],
  pods: both,
  "policy/poddisruptionbudgets": [],
  "rbac.authorization.k8s.io/clusterrolebindings": both,
  "rbac.authorization.k8s.io/clusterroles": both,
  "rbac.authorization.k8s.io/rolebindings": both,
  "rbac.authorization.k8s.io/roles": both,
  "resource.k8s.io/deviceclasses": both,
  "resource.k8s.io/resourceclaims": both,
  "resource.k8s.io/resourceclaimtemplates": both,
  secrets: both,
  serviceaccounts: both,
  "storage.k8s.io/csinodes": whole,
  "storage.k8s.io/csistoragecapacities": both,
  "storage.k8s.io/storageclasses": both,
  "storage.k8s.io/volumeattributesclasses": both,
};

/** How the validation of a change looks at metadata, after the server has done so itself. */
export function metadataChecksOf(
  { group, plural }: ResourceInfo,
  subresource?: SubresourceInfo,
): readonly MetadataCheck[] {
  const resource = group === "" ? plural : `${group}/${plural}`;
  const key = subresource === undefined ? resource : `${resource}/${subresource.name}`;
  return Object.hasOwn(checks, key) ? checks[key]! : once;
}
