import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";
import type { MetricsSink } from "../interceptors/metrics.ts";
import type { Clock } from "../time/clock.ts";
import type { Transport } from "../transport/transport.ts";
import type { ResourceView } from "../types/capabilities.ts";
import type { ResourceDescriptor } from "../types/descriptor.ts";
import type { List } from "../types/object.ts";
import type { ListOptions, LogOptions, WatchOptions } from "../types/options.ts";
import type { PodConnection } from "../types/pod-connection.ts";
import type { PodStreamOptions } from "../types/pod-run.ts";
import type { LogLines } from "../stream/log-lines.ts";
import type { WatchEvent } from "../types/results.ts";
import type { Wanted } from "../types/wanted.ts";
import type { AnyObject } from "./any-object.ts";

/** A connection, as far as what watches over it must know. One object stands for it, whichever client asks. */
export interface SourceConnection {
  /** Behind every wait. */
  readonly clock: Clock;
  /** Takes measurements; undefined where the connection has none. */
  readonly metrics: MetricsSink | undefined;
  /** Aborts when the cluster is closed. */
  readonly closed: AbortSignal;
  /** As the transport's; undefined where that cannot know. */
  readonly onReachable?: Transport["onReachable"];
}

/** One collection of a cluster, as what follows it reads it: as a client, but with every object as it is wanted, and each request sent once. */
export interface ResourceSource {
  /** The resource, as data. */
  readonly resource: ResourceDescriptor;
  /** Undefined for cluster-scoped resources and across all namespaces. Throws an InputError while a connection's namespace is not known yet. */
  readonly namespace: string | undefined;
  /** Tells this collection from all others of the connection, also while the namespace is not known. */
  readonly key: string;
  /** Whether objects come reduced to their metadata. */
  readonly metadataOnly: boolean;
  /** The connection it reads from. */
  readonly connection: SourceConnection;
  /** The same collection in one namespace. */
  in(namespace: string): ResourceSource;
  /** The path of one object; while the namespace is not known, with a placeholder. Throws an InputError for what is no name, and across namespaces. */
  pathOf(name: string): string;
  /** One page, or with `resourceVersion: "0"` all. Not sent again after 429, 5xx or a loss: who follows has a backoff of its own. */
  list(options: ListOptions, wanted: Wanted): Promise<List<AnyObject>>;
  /** One watch. Not sent again either. `signal` ends it; `opened` is called when the response's headers are there. */
  watch(
    options: WatchOptions & { readonly signal: AbortSignal },
    wanted: Wanted,
    opened?: () => void,
  ): AsyncIterable<WatchEvent<AnyObject>>;
  /** Connections to ports of the pods of this collection, over tunnels that are kept for one another. Of pods in one namespace only. */
  tunnels(): Promise<PodTunnels>;
  /** One read of the log of a container, as its lines arrive; not sent again either. `opened` is called when the response's headers are there. */
  log(
    name: string,
    options: LogOptions & { readonly signal: AbortSignal },
    opened?: () => void,
  ): AsyncIterable<LogLines>;
}

/** A pod as it was read; another of its name is another pod. */
export interface KnownPod {
  readonly name: string;
  readonly uid: string;
}

/** What of a pod says which ports it has. */
export interface PodPorts {
  readonly metadata?: { readonly name?: string | undefined } | undefined;
  readonly spec?:
    | {
        readonly containers?: readonly ContainerPorts[] | undefined;
        readonly initContainers?: readonly ContainerPorts[] | undefined;
      }
    | undefined;
}

interface ContainerPorts {
  readonly ports?:
    | readonly {
        readonly name?: string | undefined;
        readonly containerPort: number;
        readonly protocol?: string | undefined;
      }[]
    | undefined;
}

/** Connections to ports of pods. */
export interface PodTunnels {
  /** As `connect` of the client, but of a pod that has been read already. */
  connect(pod: KnownPod, port: number, options: PodStreamOptions): Promise<PodConnection>;
  /** Checks a port: a number from 1 to 65,535, or a name as a port can have it. @throws InputError that names `field` */
  checkPort(port: unknown, field: string): void;
  /** The number of a pod's port. @throws InputError that names `field`, for a name that none of its ports has, or one that is not TCP */
  portOf(pod: PodPorts, port: number | string, field: string): number;
  /** Lets go of all tunnels, and ends the connections in them. */
  close(): Promise<void>;
}

/** Under this key a client gives its source; a symbol that both module formats share. */
export const sourceKey: unique symbol = Symbol.for("kubewright.source") as never;

/** The source behind a client. @throws InputError for what is not the client of a collection */
export function sourceOf(client: ResourceView): ResourceSource {
  const source = (client as { readonly [sourceKey]?: () => ResourceSource } | undefined)?.[sourceKey];
  if (source !== undefined) return source.call(client);
  throw new InputError(
    "resource",
    `it must be the client of a resource, such as cluster.api(CoreV1).pods, not ${whatItIs(client)}`,
  );
}
