import {
  type Attaches,
  InputError,
  isStatusError,
  type Gets,
  type Lists,
  type Patches,
  type PodRun,
  sourceOf,
  type Watches,
} from "@kubewright/core";
import { awaitGoal } from "../wait/await-goal.ts";
import type { AnyObject } from "../watch/any-object.ts";
import { checkedOptions, type DebugOptions } from "./debug-options.ts";
import { containerNames, exitCodeOf, shortfallOfContainer } from "./debugged-pod.ts";
import { ephemeralContainer, nameFor } from "./ephemeral-container.ts";
import { runOfLog } from "./log-run.ts";

/** What has containers: pods, and nothing else. */
interface WithContainers {
  readonly spec: { readonly containers: readonly object[] };
}

/** The client of pods in one namespace. */
interface PodClient
  extends Gets<unknown, WithContainers>, Lists<unknown, WithContainers>, Watches<unknown, WithContainers>, Attaches {
  readonly ephemeralcontainers: Patches<unknown, unknown, never>;
}

/**
 * Adds an ephemeral container to a running pod, waits until it runs or has ended, and gives a run, as exec's: attached where there is `stdin`
 * or `tty`, so that it brings what is written from then on; else its log from the first line, in `stdout`, which has the error output too.
 * `exit` takes the code from the container's status. Leaving the run leaves the container as it is; it cannot be removed, only end.
 *
 * @throws TimeoutError with the last reason why it waits; WaitError at once where it cannot run: the image has no valid name, may not run as
 *   the profile says, the pod has ended or is gone; InputError for a wrong option; StatusError when the server refuses
 * @example
 * const run = await debug(pods, "web-0", { image: "busybox", target: "app", command: ["ps"] });
 * for await (const bytes of run.stdout) process.stdout.write(bytes);
 * const { exitCode } = await run.exit;
 */
export async function debug(resource: PodClient, name: string, options: DebugOptions): Promise<PodRun> {
  const source = sourceOf(resource);
  const given = checkedOptions(options);
  const { group, plural } = source.resource;
  if (group !== "" || plural !== "pods" || source.metadataOnly)
    throw new InputError("resource", 'it must be the client of pods, such as cluster.api(CoreV1).pods.in("shop")');
  const { signal, impersonate, token, stdin, tty, stallTimeoutMs, timeoutMs = 60_000 } = given;
  const { clock } = source.connection;
  const endsAt = clock.now() + timeoutMs;
  const as = { signal, impersonate, token };
  const call = () => ({ ...as, timeoutMs: Math.max(1, endsAt - clock.now()) });

  const before = (await resource.get(name, call())) as unknown as AnyObject;
  const { uid } = before.metadata;
  const container = nameFor(given.name, containerNames(before), () => clock.random());
  const added = { metadata: { uid }, spec: { ephemeralContainers: [ephemeralContainer(container, given)] } };
  await resource.ephemeralcontainers.patch(name, { strategic: added } as never, call());

  const runs = {
    does: `run the container ${container}`,
    gone: false,
    stays: true,
    judge: (pod: AnyObject) => shortfallOfContainer(pod, uid, container),
  };
  const pod = (await awaitGoal(source, name, runs, call())) as AnyObject;
  const log = { source, resource, name, container, uid, as, hasTerminal: tty !== undefined };
  if (stdin === undefined && tty === undefined) return runOfLog(log);
  if (exitCodeOf(pod, container) !== undefined) return runOfLog(log);
  try {
    return await resource.attach(name, { ...call(), container, stdin, tty, stallTimeoutMs });
  } catch (error) {
    // It may have ended meanwhile; then its log has what there was.
    if (!isStatusError(error)) throw error;
    const now = (await resource.get(name, call())) as unknown as AnyObject;
    if (now.metadata.uid !== uid || exitCodeOf(now, container) === undefined) throw error;
    return runOfLog(log);
  }
}
