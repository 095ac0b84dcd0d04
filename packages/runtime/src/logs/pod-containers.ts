import type { SelectMask } from "@kubewright/core";
import type { AnyObject } from "../watch/any-object.ts";
import type { LogContainer } from "./log-line.ts";
import type { Run } from "./state.ts";

/** A pod, as far as its logs are concerned. */
export interface PodLike {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid: string };
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly ContainerLike[];
    readonly initContainers?: readonly ContainerLike[];
    readonly ephemeralContainers?: readonly ContainerLike[];
  };
  readonly status?: {
    readonly containerStatuses?: readonly StatusLike[];
    readonly initContainerStatuses?: readonly StatusLike[];
    readonly ephemeralContainerStatuses?: readonly StatusLike[];
  };
}

interface ContainerLike {
  readonly name: string;
  readonly restartPolicy?: string;
}

interface StatusLike {
  readonly name: string;
  readonly restartCount?: number;
  readonly containerID?: string;
  readonly state?: {
    readonly running?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
  };
  readonly lastState?: { readonly terminated?: object };
}

/** The fields of {@link PodLike}: no more of a pod is decoded. */
export const podFields: SelectMask = {
  spec: {
    nodeName: true,
    containers: { name: true },
    initContainers: { name: true, restartPolicy: true },
    ephemeralContainers: { name: true },
  },
  status: { containerStatuses: true, initContainerStatuses: true, ephemeralContainerStatuses: true },
};

/** A container, and how it stands. */
export interface FoundContainer {
  readonly container: LogContainer;
  /** Undefined while it has not begun. */
  readonly run: Run | undefined;
  /** Why it has not begun. */
  readonly reason: string;
}

/** The containers of a pod in the order in which they begin. */
export function containersOf(object: AnyObject): readonly FoundContainer[] {
  const { metadata, spec = {}, status = {} } = object as PodLike;
  const statuses = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ];
  const found = (containers: readonly ContainerLike[] = [], type: LogContainer["type"]): readonly FoundContainer[] =>
    containers.map(({ name, restartPolicy }) => {
      const own = statuses.find((one) => one.name === name);
      const waiting = own?.state?.waiting;
      const why = waiting?.reason ?? "the node has not begun it";
      return {
        container: {
          namespace: metadata.namespace ?? "",
          pod: metadata.name,
          container: name,
          type: type === "init" && restartPolicy === "Always" ? "sidecar" : type,
        },
        run: own === undefined ? undefined : runOf(own),
        reason: spec.nodeName ? why : "the pod is on no node",
      };
    });
  return [
    ...found(spec.initContainers, "init"),
    ...found(spec.containers, "main"),
    ...found(spec.ephemeralContainers, "ephemeral"),
  ];
}

/** The newest run that began; between two runs it is the one that is over. */
function runOf({ restartCount = 0, containerID = "", state, lastState }: StatusLike): Run | undefined {
  if (containerID === "" && state?.running === undefined && lastState?.terminated === undefined) return undefined;
  return { number: restartCount, running: state?.running !== undefined };
}
