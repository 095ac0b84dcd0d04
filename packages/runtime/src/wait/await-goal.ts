import type { CallOptions, ResourceSource } from "@kubewright/core";
import type { AnyObject } from "../watch/any-object.ts";
import { runWatch, type RunningWatch } from "../watch/run-watch.ts";
import type { Goal } from "./goal.ts";
import { WaitError, WaitTimeoutError } from "./wait-errors.ts";
import { type Outcome, Waiting } from "./waiting.ts";

/** Follows the object until it reaches the goal, and gives it as it then is. @throws what `waitFor` does */
export async function awaitGoal(
  source: ResourceSource,
  name: string,
  goal: Goal,
  options: CallOptions,
): Promise<AnyObject | undefined> {
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
