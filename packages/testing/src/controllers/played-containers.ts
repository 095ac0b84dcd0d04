import type { Clock } from "@kubewright/core";
import type { ContainerEvent } from "../hooks/pod-logs.ts";
import { draftOf, finished, setAt } from "../objects/draft.ts";
import { timeText } from "../objects/system-metadata.ts";
import { collectionOf } from "../state/collection-of.ts";
import type { ApiObject } from "../store/api-object.ts";
import { keyOf } from "../store/key.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../validation/fields.ts";
import { statusFields } from "../validation/pod/pod-parts.ts";
import { completed } from "../verbs/read-draft.ts";
import { writeByServer } from "../verbs/write-by-server.ts";
import type { Controller } from "./controller.ts";

/**
 * What a kubelet does for the containers whose logs a test writes: their pod's status says how they fare, and with the pod the logs are
 * over. k8s.io/kubernetes pkg/kubelet/kubelet_pods.go, convertToAPIContainerStatuses
 */
export const playedContainers: Controller = (state) => {
  const pods = collectionOf(state, "", "pods");
  const stopHearing = state.hooks.hearContainers(({ namespace, pod: name, container }, event) => {
    const key = keyOf(namespace, name);
    const pod = pods.get(key);
    const found = pod === undefined ? undefined : statusesIn(pod, container);
    if (pod === undefined || found === undefined) return;
    const draft = draftOf(pod);
    setAt(draft, `status.${found.field}`, found.withNext(nextStatus(found.status, event, pod, state.clock)));
    const write = writeByServer("update", { group: "", plural: "pods", namespace }, state);
    pods.set(key, finished(completed(draft, write)));
  });
  const stopWatching = pods.watch(({ after, last: { metadata } }) => {
    if (after === undefined) state.hooks.forgetPod({ namespace: metadata.namespace ?? "", pod: metadata.name });
  });
  return () => {
    stopHearing();
    stopWatching();
  };
};

interface FoundStatus {
  readonly field: string;
  /** That of the container. One of which nothing is said runs. */
  readonly status: Fields;
  /** All of the field, with another for the container. */
  withNext(next: Fields): readonly Fields[];
}

/** Undefined for a container that the pod does not have. */
function statusesIn(pod: ApiObject, name: string): FoundStatus | undefined {
  const isIts = (one: Fields): boolean => textIn(one, "name") === name;
  for (const [place, field] of Object.entries(statusFields)) {
    const container = objectsIn(objectIn(pod, "spec"), place).find(isIts);
    if (container === undefined) continue;
    const all = objectsIn(objectIn(pod, "status"), field);
    const at = all.findIndex(isIts);
    return {
      field,
      status: all[at] ?? { name, image: textIn(container, "image") },
      withNext: (next) => (at < 0 ? [...all, next] : all.with(at, next)),
    };
  }
  return undefined;
}

function nextStatus(status: Fields, event: ContainerEvent, pod: ApiObject, clock: Clock): Fields {
  const restarts = numberIn(status, "restartCount") ?? 0;
  const idOf = (run: number): string => `played://${pod.metadata.uid}/${textIn(status, "name")}/${run}`;
  const containerID = textIn(status, "containerID") || idOf(restarts);
  const terminated = endOf(status) ?? {
    exitCode: event.is === "ended" ? event.exitCode : 0,
    reason: event.is === "ended" && event.exitCode !== 0 ? "Error" : "Completed",
    startedAt: objectIn(objectIn(status, "state"), "running")["startedAt"] ?? pod.metadata.creationTimestamp,
    finishedAt: timeText(clock),
    containerID,
  };
  if (event.is === "ended") return { ...status, containerID, ready: false, started: false, state: { terminated } };
  return {
    ...status,
    containerID: idOf(restarts + 1),
    ready: true,
    started: true,
    restartCount: restarts + 1,
    state: { running: { startedAt: timeText(clock) } },
    lastState: { terminated },
  };
}

/** How it has ended, where its status says so already: perhaps it waits to start anew. */
function endOf(status: Fields): Fields | undefined {
  const state = objectIn(status, "state");
  const before = presentIn(state, "waiting") && presentIn(objectIn(status, "lastState"), "terminated");
  return presentIn(state, "terminated") ?? before;
}
