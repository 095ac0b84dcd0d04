import type { Shortfall } from "@kubewright/core";
import type { AnyObject } from "../watch/any-object.ts";

interface Named {
  readonly name: string;
}

interface ContainerStatus extends Named {
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string };
  };
}

interface PodLike {
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly Named[];
    readonly initContainers?: readonly Named[];
    readonly ephemeralContainers?: readonly Named[];
  };
  readonly status?: { readonly phase?: string; readonly ephemeralContainerStatuses?: readonly ContainerStatus[] };
}

/** The names of all containers of a pod. */
export function containerNames(pod: AnyObject): readonly string[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = (pod as PodLike).spec ?? {};
  return [...containers, ...initContainers, ...ephemeralContainers].map(({ name }) => name);
}

/**
 * Why an ephemeral container waits for good: nothing of it can be changed any more, and what could not be started once (RunContainerError) is not
 * tried again.
 */
const hopeless = [
  "InvalidImageName",
  "ErrImageNeverPull",
  "CreateContainerConfigError",
  "RunContainerError",
  "SignatureValidationFailed",
];

/** What an ephemeral container of this pod falls short of running; undefined once it runs or has ended. */
export function shortfallOfContainer(pod: AnyObject, uid: string, container: string): Shortfall | undefined {
  if (pod.metadata.uid !== uid) return { why: "another pod has its name now", final: true };
  const { spec, status } = pod as PodLike;
  const state = stateOf(pod, container);
  if (state?.running !== undefined || state?.terminated !== undefined) return undefined;
  if (status?.phase === "Succeeded" || status?.phase === "Failed")
    return { why: `the pod has ended (${status.phase}), and nothing is started in it any more`, final: true };
  const { reason, message } = state?.waiting ?? {};
  const unbegun = spec?.nodeName ? "the node has not begun it" : "the pod is on no node";
  const why = [reason ?? unbegun, message].filter(Boolean).join(": ");
  return { why, final: reason !== undefined && hopeless.includes(reason) };
}

/** The code with which it has ended; undefined until then. */
export function exitCodeOf(pod: AnyObject, container: string): number | undefined {
  return stateOf(pod, container)?.terminated?.exitCode;
}

function stateOf(pod: AnyObject, container: string): ContainerStatus["state"] {
  return (pod as PodLike).status?.ephemeralContainerStatuses?.find(({ name }) => name === container)?.state;
}
