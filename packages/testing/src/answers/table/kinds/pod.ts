import { valueAt } from "../../../objects/draft.ts";
import { numberAt, objectsAt, textAt } from "../read.ts";
import type { ApiObject } from "../../../store/api-object.ts";
import { age, name, sinceTime, text } from "../cell.ts";
import type { RowRules } from "../rows.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What is told of a pod's containers together (k8s.io/kubernetes pkg/printers/internalversion, printPod). */
interface PodState {
  readonly ready: number;
  readonly restarts: number;
  /** The last time that one of them ended; empty for never. */
  readonly lastRestart: string;
  readonly status: string;
}

/** Rows of pods. */
export const pod: RowRules = {
  cells: [
    name,
    (one) => `${stateOf(one).ready}/${containerCount(one)}`,
    (one) => shownStatus(one, stateOf(one).status),
    (one, now) => {
      const { restarts, lastRestart } = stateOf(one);
      return restarts === 0 || lastRestart === ""
        ? String(restarts)
        : `${restarts} (${sinceTime(lastRestart, now)} ago)`;
    },
    age,
    (one) => textAt(objectsAt(one, "status.podIPs")[0] ?? {}, "ip", "<none>"),
    text("spec.nodeName", "<none>"),
    text("status.nominatedNodeName", "<none>"),
    readinessGates,
  ],
  conditions(one) {
    const reason = textAt(one, "status.phase");
    const message = overs[reason];
    return message === undefined ? undefined : [{ type: "Completed", status: "True", reason, message }];
  },
};

const overs: Readonly<Record<string, string>> = {
  Succeeded: "The pod has completed successfully.",
  Failed: "The pod failed.",
};

function stateOf(one: ApiObject): PodState {
  const init = initState(one);
  if (init.status !== undefined && !isTrue(one, "Initialized")) {
    return { ready: init.ready, restarts: init.restarts, lastRestart: init.lastRestart, status: init.status };
  }
  return runningState(one, init, init.status ?? statusBefore(one));
}

/** The status of a pod whose containers say nothing. */
function statusBefore(one: ApiObject): string {
  const gated = objectsAt(one, "status.conditions").some(
    ({ type, reason }) => type === "PodScheduled" && reason === "SchedulingGated",
  );
  return gated ? "SchedulingGated" : textAt(one, "status.reason") || textAt(one, "status.phase");
}

interface InitState {
  readonly ready: number;
  readonly restarts: number;
  readonly lastRestart: string;
  /** Likewise of those only that go on beside the pod's containers. */
  readonly sidecarRestarts: number;
  readonly lastSidecarRestart: string;
  /** Undefined when all are done. */
  readonly status: string | undefined;
}

/** What the init containers say, up to the first that is not done. */
function initState(one: ApiObject): InitState {
  const sidecars = new Set(sidecarsOf(one).map((container) => container["name"]));
  const state = { ready: 0, restarts: 0, lastRestart: "", sidecarRestarts: 0, lastSidecarRestart: "" };
  for (const [index, container] of objectsAt(one, "status.initContainerStatuses").entries()) {
    const isSidecar = sidecars.has(container["name"]);
    state.restarts += numberAt(container, "restartCount");
    state.lastRestart = laterEnd(state.lastRestart, container);
    if (isSidecar) {
      state.sidecarRestarts += numberAt(container, "restartCount");
      state.lastSidecarRestart = laterEnd(state.lastSidecarRestart, container);
    }
    const terminated = valueAt(container, "state.terminated") as Fields | undefined;
    if (terminated !== undefined && numberAt(terminated, "exitCode") === 0) continue;
    if (isSidecar && container["started"] === true) {
      if (container["ready"] === true) state.ready += 1;
      continue;
    }
    const waiting = textAt(container, "state.waiting.reason");
    if (terminated !== undefined) return { ...state, status: `Init:${endReason(terminated)}` };
    if (waiting !== "" && waiting !== "PodInitializing") return { ...state, status: `Init:${waiting}` };
    return { ...state, status: `Init:${index}/${objectsAt(one, "spec.initContainers").length}` };
  }
  return { ...state, status: undefined };
}

/** What the containers say, the first of them last. */
function runningState(one: ApiObject, init: InitState, before: string): PodState {
  let { ready, sidecarRestarts: restarts, lastSidecarRestart: lastRestart } = init;
  let status = before;
  let running = false;
  let failure = "";
  for (const container of objectsAt(one, "status.containerStatuses").toReversed()) {
    restarts += numberAt(container, "restartCount");
    lastRestart = laterEnd(lastRestart, container);
    const waiting = textAt(container, "state.waiting.reason");
    const terminated = valueAt(container, "state.terminated") as Fields | undefined;
    if (waiting !== "") status = waiting;
    else if (terminated !== undefined) {
      status = endReason(terminated);
      if (numberAt(terminated, "exitCode") !== 0) failure = status;
    } else if (container["ready"] === true && valueAt(container, "state.running") !== undefined) {
      running = true;
      ready += 1;
    }
  }
  // One that is done does not make the pod so while another runs.
  if (status === "Completed") {
    if (running && isTrue(one, "Ready")) status = "Running";
    else if (failure !== "") status = failure;
    else if (running) status = "NotReady";
  }
  return { ready, restarts, lastRestart, status };
}

function shownStatus(one: ApiObject, status: string): string {
  if (one.metadata.deletionTimestamp === undefined) return status;
  if (textAt(one, "status.reason") === "NodeLost") return "Unknown";
  return Object.hasOwn(overs, textAt(one, "status.phase")) ? status : "Terminating";
}

function sidecarsOf(one: ApiObject): readonly Fields[] {
  return objectsAt(one, "spec.initContainers").filter(({ restartPolicy }) => restartPolicy === "Always");
}

function containerCount(one: ApiObject): number {
  return objectsAt(one, "spec.containers").length + sidecarsOf(one).length;
}

function laterEnd(time: string, container: Fields): string {
  const ended = textAt(container, "lastState.terminated.finishedAt");
  return ended > time ? ended : time;
}

function endReason(terminated: Fields): string {
  const signal = numberAt(terminated, "signal");
  return (
    textAt(terminated, "reason") || (signal === 0 ? `ExitCode:${numberAt(terminated, "exitCode")}` : `Signal:${signal}`)
  );
}

function isTrue(one: ApiObject, condition: string): boolean {
  return objectsAt(one, "status.conditions").some(({ type, status }) => type === condition && status === "True");
}

function readinessGates(one: ApiObject): string {
  const gates = objectsAt(one, "spec.readinessGates");
  const met = gates.filter(({ conditionType }) => {
    const condition = objectsAt(one, "status.conditions").find(({ type }) => type === conditionType);
    return condition?.["status"] === "True";
  });
  return gates.length === 0 ? "<none>" : `${met.length}/${gates.length}`;
}
