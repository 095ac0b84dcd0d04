import {
  createStream,
  InputError,
  type List,
  type ListOptions,
  type Lists,
  oneByOne,
  optionsOf,
  type ResourceSource,
  sourceOf,
  type Stream,
  type Watches,
} from "@kubewright/core";
import type { AnyObject } from "../watch/any-object.ts";
import { isHopeless } from "../watch/failure-kind.ts";
import { runWatch } from "../watch/run-watch.ts";
import { isOver } from "../watch/watch-health.ts";
import { Arrivals } from "./arrivals.ts";
import { Lane, merged } from "./lanes.ts";
import type { LogLine } from "./log-line.ts";
import { type LogsOptions, type LogsSettings, settingsOf } from "./logs-options.ts";
import { PodLogs, wantedOfPods } from "./pod-logs.ts";

/** What has containers: pods, and nothing else. */
interface WithContainers {
  readonly spec: { readonly containers: readonly object[] };
}

/** The client of pods, in one namespace or across all. */
type PodClient = Lists<unknown, WithContainers> & Watches<unknown, WithContainers>;

/**
 * The logs of many pods, or of one, line by line. Without `follow` all that there is, merged by time; with it lines as they come, those
 * of pods that come later and of containers that restart included, until its consumer or its signal ends it.
 *
 * Each line comes once, those of a container in their order. What breaks off is read on where it was; where lines are missing that the
 * server no longer has, `onEvent` is told a `gap`. A slow consumer holds up the connections.
 *
 * @throws InputError for a wrong option, and when there are more containers than `maxStreams`; StatusError when the server refuses pods
 *   or logs; without `follow` also what still fails when it was tried several times
 * @example
 * for await (const { pod, container, line } of logs(pods, { labelSelector: "app=web", follow: true, tailLines: 10 })) {
 *   console.log(`${pod}/${container}: ${line}`);
 * }
 */
export function logs(resource: PodClient, options?: LogsOptions): Stream<LogLine> {
  const source = sourceOf(resource);
  const given = optionsOf(options);
  const settings = settingsOf(given);
  const { group, plural } = source.resource;
  if (group !== "" || plural !== "pods" || source.metadataOnly)
    throw new InputError("resource", "it must be the client of pods, such as cluster.api(CoreV1).pods");
  const list = (page: ListOptions): Promise<List<AnyObject>> =>
    resource.list(page) as Promise<unknown> as Promise<List<AnyObject>>;
  return createStream(
    (signal) =>
      oneByOne(settings.read.follow ? follow(source, settings, signal) : readOnce(source, list, settings, signal)),
    given.signal,
    () => ({ plural, follow: settings.read.follow }),
  );
}

async function* follow(
  source: ResourceSource,
  settings: LogsSettings,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[], undefined> {
  const arrivals = new Arrivals();
  const fail = (error: unknown): void => arrivals.fail(error);
  const all = new PodLogs(source, settings, {
    open: () => ({ deliver: (lines) => arrivals.deliver(lines), over: () => {} }),
    fail,
  });
  const { closed } = source.connection;
  let synced = false;
  let fresh = new Map<string, AnyObject>();
  const running = runWatch(
    source,
    { ...settings.pods, ...settings.as, wanted: wantedOfPods },
    {
      init() {
        fresh = new Map();
      },
      apply(pod) {
        fresh.set(pod.metadata.uid, pod);
        if (synced) guarded(() => all.apply(pod, true));
      },
      delete(pod) {
        fresh.delete(pod.metadata.uid);
        if (!synced) return;
        guarded(() => {
          all.apply(pod, true);
          all.gone(pod.metadata.uid);
        });
      },
      synced() {
        guarded(() => {
          if (!synced) all.checkCount([...fresh.values()]);
          for (const uid of all.uids) if (!fresh.has(uid)) all.gone(uid);
          if (!synced) for (const pod of fresh.values()) all.apply(pod);
          synced = true;
        });
      },
      progress() {},
      health({ state, error }) {
        if (error !== undefined && (isOver(state) || (!synced && isHopeless(error)))) fail(error);
        else if (isOver(state)) arrivals.close();
      },
    },
  );
  function guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      fail(error);
    }
  }
  const stop = (): void => arrivals.close();
  signal.addEventListener("abort", stop);
  closed.addEventListener("abort", stop);
  try {
    yield* arrivals.batches();
  } finally {
    signal.removeEventListener("abort", stop);
    closed.removeEventListener("abort", stop);
    arrivals.close();
    running.stop();
    await Promise.all([running.ended, all.stop()]);
  }
}

async function* readOnce(
  source: ResourceSource,
  list: (page: ListOptions) => Promise<List<AnyObject>>,
  settings: LogsSettings,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[], undefined> {
  const lanes: Lane[] = [];
  let failure: { readonly error: unknown } | undefined;
  const end = (): void => lanes.forEach((lane) => lane.end());
  const all = new PodLogs(source, settings, {
    open() {
      const lane = new Lane();
      lanes.push(lane);
      return { deliver: (lines) => lane.deliver(lines), over: () => lane.end() };
    },
    fail(error) {
      failure ??= { error };
      end();
    },
  });
  signal.addEventListener("abort", end);
  try {
    const pods: AnyObject[] = [];
    let next: string | undefined;
    do {
      const { items, metadata } = await list({ ...settings.pods, ...settings.as, limit: 500, continue: next, signal });
      pods.push(...items);
      next = metadata.continue || undefined;
    } while (next !== undefined);
    all.checkCount(pods);
    for (const pod of pods) all.apply(pod);
    for await (const lines of merged(lanes)) {
      yield lines;
      if (failure !== undefined) break;
    }
    if (failure !== undefined) throw failure.error;
  } finally {
    signal.removeEventListener("abort", end);
    end();
    await all.stop();
  }
}
