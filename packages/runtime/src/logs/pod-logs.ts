import { InputError, type ResourceSource, type Wanted } from "@kubewright/core";
import type { AnyObject } from "../watch/any-object.ts";
import type { LogEvent } from "./log-event.ts";
import type { LogContainer, LogLine } from "./log-line.ts";
import type { LogsSettings } from "./logs-options.ts";
import { containersOf, type FoundContainer, podFields } from "./pod-containers.ts";
import { readLog, type RunningLog } from "./read-log.ts";
import { Slots } from "./slots.ts";

/** What is decoded of pods. */
export const wantedOfPods: Wanted = { managedFields: false, select: podFields, shareStrings: false };

/** Where lines go. */
export interface LogOutlet {
  /** The promise holds back what comes next. */
  deliver(lines: readonly LogLine[]): Promise<void>;
  /** Nothing more will come of this container. */
  over(): void;
}

/** Where the logs of many pods go. */
export interface LogsOutlet {
  /** The place for the lines of one container. */
  open(container: LogContainer): LogOutlet;
  /** Ends all. */
  fail(error: unknown): void;
}

/** How far the clocks of this machine and the server may be apart. */
const toleratedMs = 300_000;

interface OpenPod {
  readonly logs: Map<string, RunningLog>;
  /** Why containers wait, as it was told. */
  readonly reasons: Map<string, string>;
}

/** The logs of the chosen containers of pods that come, change and go. */
export class PodLogs {
  readonly #source: ResourceSource;
  readonly #settings: LogsSettings;
  readonly #outlet: LogsOutlet;
  readonly #slots: Slots;
  readonly #pods = new Map<string, OpenPod>();
  readonly #beganAt: number;
  readonly #running = new Set<RunningLog>();
  #opened = false;
  #stopped = false;

  constructor(source: ResourceSource, settings: LogsSettings, outlet: LogsOutlet) {
    this.#source = source;
    this.#settings = settings;
    this.#outlet = outlet;
    this.#beganAt = source.connection.clock.wallNow();
    this.#slots = new Slots(settings.maxStreams);
  }

  /** The pods whose logs are being read, by uid. */
  get uids(): ReadonlySet<string> {
    return new Set(this.#pods.keys());
  }

  /** The chosen containers of a pod. */
  chosen(pod: AnyObject): readonly FoundContainer[] {
    return containersOf(pod).filter(({ container }) => this.#settings.containers(container));
  }

  /** @throws InputError when all of it is more than may be open at a time */
  checkCount(pods: readonly AnyObject[]): void {
    const { maxStreams } = this.#settings;
    const count = pods.reduce((sum, pod) => sum + this.chosen(pod).length, 0);
    if (count <= maxStreams) return;
    throw new InputError(
      "maxStreams",
      `these pods have ${count} containers, and ${maxStreams} logs may be open at a time; choose fewer by a selector or by containers, or raise it`,
    );
  }

  /** A pod is there, or changed. `came`: it was not there when following began. */
  apply(pod: AnyObject, came = false): void {
    const { uid, creationTimestamp } = pod.metadata;
    // One that is older only came into the selector.
    const isNew = came && Date.parse(creationTimestamp ?? "") > this.#beganAt - toleratedMs;
    let known = this.#pods.get(uid);
    if (known === undefined) this.#pods.set(uid, (known = { logs: new Map(), reasons: new Map() }));
    for (const { container, run, reason } of this.chosen(pod)) {
      const { container: name } = container;
      let log = known.logs.get(name);
      if (log === undefined) {
        // One that has not begun is followed from its first run on, which may be over before anybody hears of it.
        const fromFirst = isNew || (this.#settings.read.follow && run === undefined);
        known.logs.set(name, (log = this.#begin(container, uid, fromFirst)));
      }
      log.told(run);
      if (run !== undefined || known.reasons.get(name) === reason) continue;
      known.reasons.set(name, reason);
      this.#tell({ ...placeOf(container), type: "waiting", reason });
      if (!this.#settings.read.follow) log.gone();
    }
  }

  /** A pod is gone; its logs are read to their end. */
  gone(uid: string): void {
    const known = this.#pods.get(uid);
    if (known === undefined) return;
    this.#pods.delete(uid);
    for (const log of known.logs.values()) log.gone();
  }

  /** Ends all; resolves when everything is let go of. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#running].map((log) => log.stop()));
  }

  #begin(container: LogContainer, uid: string, fromFirst: boolean): RunningLog {
    const outlet = this.#outlet.open(container);
    const { namespace, pod } = container;
    const source = this.#source.namespace === undefined ? this.#source.in(namespace) : this.#source;
    const { as, read } = this.#settings;
    const log = readLog(
      placeOf(container),
      {
        source,
        settings: read,
        as,
        slots: this.#slots,
        fromFirst,
        look: async (signal) => {
          const { items } = await source.list({ ...as, fieldSelector: `metadata.name=${pod}`, signal }, wantedOfPods);
          const same = items.find((item) => item.metadata.uid === uid);
          if (same === undefined) return undefined;
          return { run: containersOf(same).find((one) => one.container.container === container.container)?.run };
        },
      },
      {
        deliver: (lines) => outlet.deliver(lines),
        tell: (event) => this.#tell(event),
        giveUp: (error, unlessOpened) => {
          if (!unlessOpened || !this.#opened) this.#outlet.fail(error);
        },
        over: () => {
          outlet.over();
          this.#running.delete(log);
        },
      },
    );
    this.#running.add(log);
    return log;
  }

  #tell(event: LogEvent): void {
    if (this.#stopped) return;
    this.#opened ||= event.type === "opened";
    try {
      this.#settings.onEvent(event);
    } catch (error) {
      this.#outlet.fail(error);
    }
  }
}

function placeOf({ namespace, pod, container }: LogContainer): Pick<LogContainer, "namespace" | "pod" | "container"> {
  return { namespace, pod, container };
}
