import { badRequest, invalid } from "../exchange/refusal.ts";
import type { LogLine, LogRun } from "../hooks/pod-logs.ts";
import type { Call } from "../request/call.ts";
import { bool, integer } from "../request/parameters.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { type Causes, forbiddenCause, invalidCause, noField } from "../validation/causes.ts";
import { wrongSign } from "../validation/checks.ts";
import { objectIn, objectsIn, presentIn, textIn } from "../validation/fields.ts";
import { containerStatusOf } from "../validation/pod/pod-parts.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { checkContainer, findPod, nodeOf, noKubelet } from "./connections.ts";

/** What a pod's container wrote: nothing before a node has the pod. */
export function podLog(call: Call, state: ServerState): Outcome {
  const { name = "", namespace = "", query } = call;
  const causes = [...wrongLogOptions(query)];
  if (causes.length > 0) throw invalid({ group: "", name: "PodLogOptions" }, name, causes);
  const pod = findPod(call, state);
  const asked = query.get("container") ?? "";
  checkContainer(pod, asked);
  const spec = objectIn(pod, "spec");
  const node = textIn(spec, "nodeName");
  if (node === "") return { kind: "nothing" };
  const container = asked === "" ? textIn(objectsIn(spec, "containers")[0], "name") : asked;
  const runs = state.hooks.logOf({ namespace, pod: name, container });
  const shown = `container ${JSON.stringify(container)} in pod ${JSON.stringify(name)}`;
  const previous = bool(query, "previous");
  const isPlayed = runs !== undefined || state.hooks.hasKubelet;
  const waits = isPlayed && !previous ? whatItWaitsFor(pod, container) : undefined;
  if (waits !== undefined) throw badRequest(`${shown} is waiting to start: ${waits}`);
  if (runs === undefined) throw noKubelet(nodeOf(node, state));
  const run = previous ? runs.previous : runs.current;
  if (run === undefined) throw badRequest(`previous terminated ${shown} not found`);
  const headers = { "content-type": ["text/plain"] };
  return { kind: "whole", answer: { status: 200, headers, body: bodyOf(run, call, state) } };
}

async function* bodyOf(
  run: LogRun,
  { query, request }: Call,
  { clock, ended }: ServerState,
): AsyncGenerator<Uint8Array, undefined> {
  const timestamps = bool(query, "timestamps");
  const encoder = new TextEncoder();
  let left = integer(query, "limitBytes") ?? Infinity;
  const shown = ({ at, line }: LogLine): Uint8Array => {
    const bytes = encoder.encode(`${timestamps ? `${at} ` : ""}${line}\n`).subarray(0, left);
    left -= bytes.byteLength;
    return bytes;
  };
  const since = sinceOf(query, clock.wallNow());
  // What is written while these are read follows them.
  let next = run.lines.length;
  const lines = run.lines.filter(({ at }) => at >= since);
  const tail = integer(query, "tailLines");
  for (const line of tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail))) {
    if (left === 0) return;
    yield shown(line);
  }
  if (!bool(query, "follow")) return;
  const over = AbortSignal.any([request.signal, ended]);
  for (;;) {
    const line = run.lines[next];
    if (line !== undefined && left > 0) {
      next += 1;
      yield shown(line);
    } else if (run.isOver || over.aborted || left === 0) return;
    else await changed(run, over);
  }
}

function changed(run: LogRun, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      over.removeEventListener("abort", done);
      resolve();
    };
    run.changed(done);
    over.addEventListener("abort", done, { once: true });
  });
}

/** As RFC 3339 in UTC; `""` for the beginning. The API server hands on whole seconds (PodLogOptions in pkg/registry/core/pod). */
function sinceOf(query: URLSearchParams, now: number): string {
  const seconds = integer(query, "sinceSeconds");
  const time = query.get("sinceTime");
  if (seconds === undefined && time === null) return "";
  const ms = seconds === undefined ? Date.parse(time ?? "") : now - seconds * 1000;
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, -5)}`;
}

/** ValidatePodLogOptions */
function* wrongLogOptions(query: URLSearchParams): Causes {
  const [tail, bytes, seconds] = ["tailLines", "limitBytes", "sinceSeconds"].map((name) => integer(query, name));
  yield* wrongSign("tailLines", tail);
  if (bytes !== undefined && bytes < 1) yield invalidCause("limitBytes", bytes, "must be greater than 0");
  if (seconds !== undefined && query.has("sinceTime"))
    yield forbiddenCause(noField, "at most one of `sinceTime` or `sinceSeconds` may be specified");
  else if (seconds !== undefined && seconds < 1) yield invalidCause("sinceSeconds", seconds, "must be greater than 0");
  if (query.has("stream")) yield forbiddenCause("stream", "may not be specified");
}

/** What the kubelet says of a container that has never begun; undefined for every other (validateContainerLogStatus). */
function whatItWaitsFor(pod: ApiObject, container: string): string | undefined {
  const status = containerStatusOf(pod, container);
  const waiting = presentIn(objectIn(status, "state"), "waiting");
  if (waiting === undefined || presentIn(objectIn(status, "lastState"), "terminated") !== undefined) return undefined;
  const reason = textIn(waiting, "reason");
  if (reason === "ErrImagePull") return "image can't be pulled";
  return reason === "ImagePullBackOff" ? "trying and failing to pull image" : reason;
}
