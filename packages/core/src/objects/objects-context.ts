import type { Discovery } from "../discovery/discovery.ts";
import type { ResourceQuery } from "../discovery/find-resource.ts";
import type { Timing } from "../time/deadline.ts";
import type { DynamicResource } from "../types/dynamic.ts";
import type { KubernetesObject } from "../types/object.ts";
import type { CallOptions } from "../types/options.ts";

/** What the verbs for objects of any kind need of a cluster. */
export interface ObjectsContext extends Timing {
  readonly cluster: {
    find<T>(query: ResourceQuery, options?: Pick<CallOptions, "signal">): Promise<DynamicResource<T>>;
    readonly discovery: Discovery;
  };
  /** Takes what went well but was perhaps not meant. */
  readonly warn: (text: string) => void;
}

/** An object of a manifest, for messages. */
export function nameForMessages({ kind, metadata }: KubernetesObject): string {
  const namespace = metadata?.namespace === undefined ? "" : `${metadata.namespace}/`;
  return `${kind} ${namespace}${metadata?.name}`;
}
