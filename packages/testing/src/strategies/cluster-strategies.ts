import { webhookConfigurations } from "./admissionregistration/webhook-configurations.ts";
import { apiServices, apiServiceStatus } from "./apiregistration/api-services.ts";
import { signingRequestApproval, signingRequests, signingRequestStatus } from "./certificates/signing-requests.ts";
import { claims, claimStatus } from "./core/claims.ts";
import { configMaps } from "./core/config-maps.ts";
import { endpoints } from "./core/endpoints.ts";
import { limitRanges } from "./core/limit-ranges.ts";
import { namespace, namespaceFinalize, namespaceStatus } from "./core/namespace.ts";
import { nodes, nodeStatus } from "./core/nodes.ts";
import { resourceQuotas, resourceQuotaStatus } from "./core/resource-quotas.ts";
import { secrets } from "./core/secrets.ts";
import { serviceAccounts } from "./core/service-accounts.ts";
import { services, serviceStatus } from "./core/services.ts";
import { volumes, volumeStatus } from "./core/volumes.ts";
import { endpointSlices } from "./discovery/endpoint-slices.ts";
import { flowSchemas, flowSchemaStatus } from "./flowcontrol/flow-schemas.ts";
import { priorityLevels, priorityLevelStatus } from "./flowcontrol/priority-levels.ts";
import { ingressClasses } from "./networking/ingress-classes.ts";
import { ingresses, ingressStatus } from "./networking/ingresses.ts";
import { ipAddresses } from "./networking/ip-addresses.ts";
import { networkPolicies } from "./networking/network-policies.ts";
import { serviceCidrs } from "./networking/service-cidrs.ts";
import { clusterRoleBindings, roleBindings } from "./rbac/role-bindings.ts";
import { clusterRoles, roles } from "./rbac/roles.ts";
import { csiDrivers } from "./storage/csi-drivers.ts";
import { csiNodes } from "./storage/csi-nodes.ts";
import { csiStorageCapacities } from "./storage/csi-storage-capacities.ts";
import { storageClasses, volumeAttributesClasses } from "./storage/storage-classes.ts";
import { volumeAttachments, volumeAttachmentStatus } from "./storage/volume-attachments.ts";
import type { Strategy } from "./strategy.ts";

/** Of what a cluster is made of, beside workloads: namespaces, services, storage, networks, access, admission. */
export const clusterStrategies: Readonly<Record<string, Strategy>> = {
  configmaps: configMaps,
  endpoints,
  limitranges: limitRanges,
  namespaces: namespace,
  "namespaces/finalize": namespaceFinalize,
  "namespaces/status": namespaceStatus,
  nodes,
  "nodes/status": nodeStatus,
  persistentvolumeclaims: claims,
  "persistentvolumeclaims/status": claimStatus,
  persistentvolumes: volumes,
  "persistentvolumes/status": volumeStatus,
  resourcequotas: resourceQuotas,
  "resourcequotas/status": resourceQuotaStatus,
  secrets,
  serviceaccounts: serviceAccounts,
  services,
  "services/status": serviceStatus,
  "admissionregistration.k8s.io/mutatingwebhookconfigurations": webhookConfigurations,
  "admissionregistration.k8s.io/validatingwebhookconfigurations": webhookConfigurations,
  "apiregistration.k8s.io/apiservices": apiServices,
  "apiregistration.k8s.io/apiservices/status": apiServiceStatus,
  "certificates.k8s.io/certificatesigningrequests": signingRequests,
  "certificates.k8s.io/certificatesigningrequests/approval": signingRequestApproval,
  "certificates.k8s.io/certificatesigningrequests/status": signingRequestStatus,
  "discovery.k8s.io/endpointslices": endpointSlices,
  "flowcontrol.apiserver.k8s.io/flowschemas": flowSchemas,
  "flowcontrol.apiserver.k8s.io/flowschemas/status": flowSchemaStatus,
  "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations": priorityLevels,
  "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations/status": priorityLevelStatus,
  "networking.k8s.io/ingressclasses": ingressClasses,
  "networking.k8s.io/ingresses": ingresses,
  "networking.k8s.io/ingresses/status": ingressStatus,
  "networking.k8s.io/ipaddresses": ipAddresses,
  "networking.k8s.io/networkpolicies": networkPolicies,
  "networking.k8s.io/servicecidrs": serviceCidrs,
  "rbac.authorization.k8s.io/clusterrolebindings": clusterRoleBindings,
  "rbac.authorization.k8s.io/clusterroles": clusterRoles,
  "rbac.authorization.k8s.io/rolebindings": roleBindings,
  "rbac.authorization.k8s.io/roles": roles,
  "storage.k8s.io/csidrivers": csiDrivers,
  "storage.k8s.io/csinodes": csiNodes,
  "storage.k8s.io/csistoragecapacities": csiStorageCapacities,
  "storage.k8s.io/storageclasses": storageClasses,
  "storage.k8s.io/volumeattachments": volumeAttachments,
  "storage.k8s.io/volumeattachments/status": volumeAttachmentStatus,
  "storage.k8s.io/volumeattributesclasses": volumeAttributesClasses,
};
