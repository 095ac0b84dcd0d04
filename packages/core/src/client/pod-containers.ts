import { callOptionsOf } from "../request/rules/rule.ts";
import type { CallOptions } from "../types/options.ts";
import { get } from "./read.ts";
import type { Target } from "./target.ts";

/** What the spec says of a container, as far as its streams go. */
export interface PodContainer {
  readonly name: string;
  readonly stdin?: boolean;
  readonly stdinOnce?: boolean;
  readonly tty?: boolean;
}

/** A run of a container that has ended. */
export interface Terminated {
  readonly containerID?: string;
  readonly exitCode: number;
}

/** What the status says of a container. */
export interface ContainerStatus {
  readonly name: string;
  readonly containerID?: string;
  readonly state?: { readonly running?: object; readonly terminated?: Terminated };
  readonly lastState?: { readonly terminated?: Terminated };
}

/** A pod, as far as streams of it go. */
export interface PodParts {
  readonly metadata: { readonly uid?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly containers?: readonly PodContainer[];
    readonly initContainers?: readonly PodContainer[];
    readonly ephemeralContainers?: readonly PodContainer[];
  };
  readonly status?: {
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly ephemeralContainerStatuses?: readonly ContainerStatus[];
  };
}

/** Reads the pod on behalf of another call, as whom that says. */
export async function readPod(
  target: Target,
  name: string,
  options: CallOptions,
  signal: AbortSignal,
  timeoutMs: number = Infinity,
): Promise<PodParts> {
  const pod = await get(target, name, { ...callOptionsOf(options), signal, timeoutMs });
  return pod as unknown as PodParts;
}

/** kubectl's annotation, which names the container that is meant where none is named. */
export function annotatedContainer({ metadata }: PodParts): string | undefined {
  return metadata.annotations?.["kubectl.kubernetes.io/default-container"];
}

/** All containers of the pod. */
export function containersOf({ spec }: PodParts): readonly PodContainer[] {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? []), ...(spec?.ephemeralContainers ?? [])];
}

/** What the status says of this container; undefined for nothing yet. */
export function statusOf({ status }: PodParts, container: string): ContainerStatus | undefined {
  const all = [status?.containerStatuses, status?.initContainerStatuses, status?.ephemeralContainerStatuses];
  return all.flatMap((some) => some ?? []).find(({ name }) => name === container);
}
