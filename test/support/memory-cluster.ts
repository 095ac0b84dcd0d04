import {
  type Cluster,
  createCluster,
  type CustomResource,
  type KubernetesObject,
  type MetricsSink,
  type NamespacedCollection,
  type NamespacedObject,
} from "@kubewright/core";
import { createMemoryServer, type MemoryServer } from "./memory-server.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

/** A pod, as far as tests of caches need one. */
export interface Pod extends KubernetesObject, NamespacedObject<"spec"> {
  spec?: { nodeName?: string };
}

/** Pods, by hand. */
export const podResource = { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true } as const;

/** A cluster whose server is in memory and whose time stands until a test moves it. */
export interface MemoryCluster {
  readonly clock: VirtualClock;
  readonly server: MemoryServer;
  readonly cluster: Cluster;
  readonly pods: NamespacedCollection<Pod, CustomResource<Pod>>;
}

export function createMemoryCluster(metrics?: MetricsSink): MemoryCluster {
  const clock = createVirtualClock();
  const server = createMemoryServer();
  const cluster = createCluster({ transport: server, clock, metrics });
  return { clock, server, cluster, pods: cluster.resource<Pod>(podResource) };
}
