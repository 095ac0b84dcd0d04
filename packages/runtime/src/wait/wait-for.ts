import {
  type CallOptions,
  callRules,
  type Gets,
  type Lists,
  optionsOf,
  queryOf,
  type RulesFor,
  sourceOf,
  type Watches,
} from "@kubewright/core";
import { checkVerbs } from "../watch/check-verbs.ts";
import { awaitGoal } from "./await-goal.ts";
import { goalOf } from "./goal.ts";
import type { WaitUntil } from "./until.ts";

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
  return (await awaitGoal(source, name, goal, given)) as R | undefined;
}
