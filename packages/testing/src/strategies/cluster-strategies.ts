import { configMaps } from "./core/config-maps.ts";
import { endpoints } from "./core/endpoints.ts";
import { namespace, namespaceFinalize, namespaceStatus } from "./core/namespace.ts";
import { secrets } from "./core/secrets.ts";
import { serviceAccounts } from "./core/service-accounts.ts";
import { services, serviceStatus } from "./core/services.ts";
import { endpointSlices } from "./discovery/endpoint-slices.ts";
import { ingressClasses } from "./networking/ingress-classes.ts";
import { ingresses, ingressStatus } from "./networking/ingresses.ts";
import { ipAddresses } from "./networking/ip-addresses.ts";
import { networkPolicies } from "./networking/network-policies.ts";
import { serviceCidrs } from "./networking/service-cidrs.ts";
import { clusterRoleBindings, roleBindings } from "./rbac/role-bindings.ts";
import { clusterRoles, roles } from "./rbac/roles.ts";
import type { Strategy } from "./strategy.ts";

/** Of what a cluster is made of, beside workloads: namespaces, services, storage, networks, access, admission. */
export const clusterStrategies: Readonly<Record<string, Strategy>> = {
  configmaps: configMaps,
  endpoints,
  namespaces: namespace,
  "namespaces/finalize": namespaceFinalize,
  "namespaces/status": namespaceStatus,
  secrets,
  serviceaccounts: serviceAccounts,
  services,
  "services/status": serviceStatus,
  "discovery.k8s.io/endpointslices": endpointSlices,
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
};
