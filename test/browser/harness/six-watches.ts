import { CoreV1 } from "@kubewright/api/core/v1";
import { connectProxy } from "@kubewright/browser";
import { informer } from "@kubewright/runtime";

/** What a page of many watches follows: `?watch=` of the board. */
export const six: readonly string[] = [
  "pods",
  "configmaps",
  "services",
  "persistentvolumeclaims",
  "serviceaccounts",
  "nodes",
];

/** A program in Node that does as a page does, and follows the same. */
export interface SixWatches {
  /** Resolves when all that there is was read. */
  readonly synced: Promise<unknown>;
  /** Whether it has this ConfigMap. */
  has(map: string): boolean;
  close(): Promise<void>;
}

/** Begins one. */
export function startClient(origin: string, namespace = "default"): SixWatches {
  const cluster = connectProxy({ baseUrl: `${origin}/k8s` });
  const { pods, configMaps, services, persistentVolumeClaims, serviceAccounts, nodes } = cluster.api(CoreV1);
  const maps = informer(configMaps.in(namespace));
  const all = [
    maps,
    informer(pods.in(namespace)),
    informer(services.in(namespace)),
    informer(persistentVolumeClaims.in(namespace)),
    informer(serviceAccounts.in(namespace)),
    informer(nodes),
  ];
  return {
    synced: Promise.all(all.map((one) => one.synced())),
    has: (name) => maps.get(name) !== undefined,
    close: () => cluster.close(),
  };
}
