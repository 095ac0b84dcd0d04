import type { Cluster } from "../cluster/cluster.ts";
import type { KubernetesObject } from "../types/object.ts";

/** What applying a manifest needs of a cluster. */
export interface ManifestContext {
  readonly cluster: Pick<Cluster, "find" | "discovery">;
  /** Default bound of a call, in milliseconds. */
  readonly timeoutMs: number;
  /** Takes what went well but was perhaps not meant. */
  readonly warn: (text: string) => void;
}

/** An object of a manifest, for messages. */
export function nameForMessages({ kind, metadata }: KubernetesObject): string {
  const namespace = metadata?.namespace === undefined ? "" : `${metadata.namespace}/`;
  return `${kind} ${namespace}${metadata?.name}`;
}
