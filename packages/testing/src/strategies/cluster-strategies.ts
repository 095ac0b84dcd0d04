import { namespace, namespaceFinalize, namespaceStatus } from "./core/namespace.ts";
import { services, serviceStatus } from "./core/services.ts";
import type { Strategy } from "./strategy.ts";

/** Of what a cluster is made of, beside workloads: namespaces, services, storage, networks, access, admission. */
export const clusterStrategies: Readonly<Record<string, Strategy>> = {
  namespaces: namespace,
  "namespaces/finalize": namespaceFinalize,
  "namespaces/status": namespaceStatus,
  services,
  "services/status": serviceStatus,
};
