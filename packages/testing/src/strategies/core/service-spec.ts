/** The spec of a Service, as far as the server fills it in. */
export interface ServiceSpec {
  type?: string;
  clusterIP?: string;
  clusterIPs?: string[];
  ipFamilies?: string[];
  ipFamilyPolicy?: string;
  ports?: ServicePort[];
  selector?: Readonly<Record<string, string>>;
  externalIPs?: readonly string[];
  externalTrafficPolicy?: string;
  internalTrafficPolicy?: string;
  healthCheckNodePort?: number;
  allocateLoadBalancerNodePorts?: boolean;
  loadBalancerClass?: string;
}

/** One of its ports. */
export interface ServicePort {
  name?: string;
  protocol?: string;
  port?: number;
  nodePort?: number;
}

/** The spec that stands in a Service. */
export function serviceSpec(service: Readonly<Record<string, unknown>>): ServiceSpec {
  return (service["spec"] ?? {}) as ServiceSpec;
}

/** Whether its only address is `None`: its pods are found by DNS. */
export function isHeadless({ clusterIPs = [] }: ServiceSpec): boolean {
  return clusterIPs.length === 1 && clusterIPs[0] === "None";
}

/** All but ExternalName have addresses, or `None`. */
export function needsAddress({ type }: ServiceSpec): boolean {
  return type !== "ExternalName";
}

/** Whether each of its ports is open on every node. */
export function needsNodePorts({ type, allocateLoadBalancerNodePorts }: ServiceSpec): boolean {
  return type === "NodePort" || (type === "LoadBalancer" && allocateLoadBalancerNodePorts !== false);
}

/** Whether nodes tell a load balancer that they have pods of it (k8s.io/kubernetes pkg/api/service, NeedsHealthCheck). */
export function needsHealthCheck({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === "LoadBalancer" && externalTrafficPolicy === "Local";
}

/** ExternallyAccessible of the same package. */
export function isExternallyAccessible({ type, externalIPs = [] }: ServiceSpec): boolean {
  return type === "LoadBalancer" || type === "NodePort" || (type === "ClusterIP" && externalIPs.length > 0);
}
