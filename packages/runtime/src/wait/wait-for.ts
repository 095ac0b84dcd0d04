import {
  type CallOptions,
  callRules,
  type Gets,
  type Lists,
  optionsOf,
  queryOf,
  type ResourceSource,
  type RulesFor,
  sourceOf,
  type Watches,
} from "@kubewright/core";
import { checkVerbs } from "../watch/check-verbs.ts";
import { runWatch, type RunningWatch } from "../watch/run-watch.ts";
import { type Goal, goalOf } from "./goal.ts";
import type { WaitUntil } from "./until.ts";
import { WaitError, WaitTimeoutError } from "./wait-errors.ts";
import { type Outcome, Waiting } from "./waiting.ts";

/** Options of `waitFor`. */
export interface WaitOptions extends CallOptions {
  /** Milliseconds for all of it. Default 60,000, whatever the connection says of calls; `Infinity` means no bound. */
  readonly timeoutMs?: number | undefined;
}

const waitRules: RulesFor<WaitOptions> = callRules;

/** The client of a collection whose objects have names: of a namespaced resource the one within a namespace. */
type Waitable<R> = Gets<unknown, R> & Lists<unknown, R> & Watches<unknown, R>;

/**
 * Waits until the object is in a state, and gives it as it then is; for `"deleted"`, its last state, or undefined if it was not there.
 * It begins with the server's newest state and goes on through whatever ends a watch, as `watcher` does. An object that is not there,
 * or goes meanwhile, is waited for: it may be created.
 *
 * - `"ready"`: as `isReady` judges each kind. `"rolledOut"`: a Deployment, StatefulSet or DaemonSet, as `kubectl rollout status`.
 * - `"complete"`, `"failed"`, `"finished"` (either): a Job.
 * - `{ condition, status }`: as `kubectl wait --for=condition`; a condition of an older spec does not count.
 * - A function of the object that returns true; what it throws ends the wait. `() => true` waits until the object exists.
 * - `"deleted"`: it is gone, or another has its name.
 *
 * @throws WaitTimeoutError, a TimeoutError, with the last state and why it is not there yet; WaitError at once when it cannot get there
 *   any more: a rollout past its deadline, a Job that ended otherwise, a pod that ended and whose name nobody takes again; the
 *   StatusError at once when the server refuses to show the object; InputError for wrong arguments; the signal's reason
 * @example
 * const pod = await waitFor(pods, "web-0", "ready", { timeoutMs: 120_000 });
 * await waitFor(pods, "web-0", (pod) => pod.status.podIP !== undefined);
 * await waitFor(deployments, "web", { condition: "Available" });
 */
export function waitFor<R>(
  resource: Waitable<R>,
  name: string,
  until: "deleted",
  options?: WaitOptions,
): Promise<R | undefined>;
export function waitFor<R>(
  resource: Waitable<R>,
  name: string,
  until: Exclude<WaitUntil<R>, "deleted">,
  options?: WaitOptions,
): Promise<R>;
export async function waitFor<R>(
  resource: Waitable<R>,
  name: string,
  until: WaitUntil<R>,
  options?: WaitOptions,
): Promise<R | undefined> {
  const given = optionsOf(options);
  queryOf(waitRules, given);
  const source = sourceOf(resource);
  checkVerbs(source);
  source.pathOf(name);
  const goal = goalOf(until, source);
  given.signal?.throwIfAborted();
  return (await wait(source, name, goal, given)) as R | undefined;
}

async function wait(source: ResourceSource, name: string, goal: Goal, options: WaitOptions): Promise<unknown> {
  const { timeoutMs = 60_000, signal, impersonate, token } = options;
  const { clock, closed } = source.connection;
  let end = (_outcome: Outcome | "timeout"): void => {};
  const ended = new Promise<Outcome | "timeout">((resolve) => (end = resolve));
  const waiting = new Waiting(goal, end);
  const abort = (): void => end({ is: "failed", error: signal?.reason });
  const close = (): void => end({ is: "failed", error: closed.reason });
  signal?.addEventListener("abort", abort);
  closed.addEventListener("abort", close);
  if (closed.aborted) close();
  const stopClock = timeoutMs === Infinity ? (): void => {} : clock.after(timeoutMs, () => end("timeout"));
  let running: RunningWatch | undefined;
  try {
    const wanted = { managedFields: true, select: undefined, shareStrings: false };
    const settings = { fieldSelector: { "metadata.name": name }, wanted, quorum: true, impersonate, token };
    running = runWatch(source, settings, waiting);
    const outcome = await ended;
    const { object, why, error: cause } = waiting;
    const request = { verb: "watch", path: source.pathOf(name) };
    const what = `${source.resource.kind} ${JSON.stringify(name)}`;
    if (outcome === "timeout") {
      throw new WaitTimeoutError(timeoutMs, { what: `${what} did not ${goal.does}`, why, object }, { request, cause });
    }
    if (outcome.is === "missed") {
      throw new WaitError({ ...outcome, what: `${what} will not ${goal.does}` }, { request });
    }
    if (outcome.is === "failed") throw outcome.error;
    return outcome.object;
  } finally {
    stopClock();
    signal?.removeEventListener("abort", abort);
    closed.removeEventListener("abort", close);
    running?.stop();
    await running?.ended;
  }
}
