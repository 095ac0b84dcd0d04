import type {
  Bookmark,
  KubernetesObject,
  List,
  ListOptions,
  MetricsSink,
  ResourceDescriptor,
  ResourceSource,
  Stored,
  Wanted,
  WatchEvent,
  WatchOptions,
} from "@kubewright/core";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

type AnyObject = Stored<KubernetesObject>;

/** A request that a watch made, to be answered by the test. */
export interface AskedFor {
  readonly verb: "list" | "watch";
  readonly options: ListOptions & WatchOptions;
  readonly wanted: Wanted;
  /** Whether the asker has let go of it. */
  readonly aborted: boolean;
  /** Whether the asker waits for the next event. */
  readonly waiting: boolean;
  /** Answers a list. */
  page(resourceVersion: string, items?: readonly AnyObject[], next?: string): Promise<void>;
  /** The headers of a watch come. */
  open(): Promise<void>;
  /** An event of a watch comes. */
  say(type: "ADDED" | "MODIFIED" | "DELETED", object: AnyObject): Promise<void>;
  bookmark(resourceVersion: string, end?: boolean, annotations?: Readonly<Record<string, string>>): Promise<void>;
  /** The server ends the watch. */
  end(): Promise<void>;
  /** The request fails, or the watch breaks. */
  fail(error: Error): Promise<void>;
}

/** A collection whose answers a test gives by hand, on a clock that it moves. */
export interface ScriptedSource {
  readonly source: ResourceSource;
  readonly clock: VirtualClock;
  /** Every request, the oldest first. */
  readonly asked: readonly AskedFor[];
  /** The newest request. */
  readonly last: AskedFor;
  /** Closes the cluster. */
  close(): void;
}

/** An object of the collection. */
export function objectAt(name: string, resourceVersion: string, uid: string = name, namespace = "default"): AnyObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp: "2026-01-01T00:00:00Z" },
  };
}

/** `descriptor` changes that of pods. */
export function createScriptedSource(
  given: {
    readonly descriptor?: Partial<ResourceDescriptor>;
    readonly metrics?: MetricsSink;
    readonly metadataOnly?: boolean;
  } = {},
): ScriptedSource {
  const clock = createVirtualClock();
  const closing = new AbortController();
  const asked: AskedFor[] = [];
  const connection = { clock, metrics: given.metrics, closed: closing.signal };
  const resource: ResourceDescriptor = {
    group: "",
    version: "v1",
    plural: "pods",
    kind: "Pod",
    namespaced: true,
    ...given.descriptor,
  };

  const sourceIn = (namespace: string | undefined): ResourceSource => ({
    resource,
    namespace,
    key: `/api/v1/namespaces/${namespace ?? "*"}/pods`,
    pathOf: (name) => `/api/v1/namespaces/${namespace ?? "*"}/${resource.plural}/${name}`,
    metadataOnly: given.metadataOnly ?? false,
    connection,
    in: sourceIn,
    tunnels() {
      throw new Error("nobody connects to these");
    },
    log() {
      throw new Error("no test has asked for a log here");
    },
    list(options, wanted) {
      return new Promise<List<AnyObject>>((resolve, reject) => {
        const { signal } = options;
        signal?.addEventListener("abort", () => reject(signal.reason as Error));
        asked.push({
          verb: "list",
          options,
          wanted,
          get aborted() {
            return signal?.aborted === true;
          },
          waiting: true,
          ...refused,
          page(resourceVersion, items = [], next = "") {
            resolve({
              apiVersion: "v1",
              kind: "PodList",
              metadata: { resourceVersion, continue: next },
              items: [...items],
            });
            return clock.settle();
          },
          fail(error) {
            reject(error);
            return clock.settle();
          },
        });
      });
    },
    watch(options, wanted, opened) {
      const { signal } = options;
      type Event = WatchEvent<AnyObject>;
      const events: (Event | Error | "end")[] = [];
      let wake: (() => void) | undefined;
      const push = (event: Event | Error | "end"): Promise<void> => {
        events.push(event);
        wake?.();
        return clock.settle();
      };
      signal.addEventListener("abort", () => wake?.());
      asked.push({
        verb: "watch",
        options,
        wanted,
        get aborted() {
          return signal.aborted;
        },
        get waiting() {
          return wake !== undefined;
        },
        ...refused,
        open() {
          opened?.();
          return clock.settle();
        },
        say: (type, object) => push({ type, object }),
        bookmark: (resourceVersion, end = false, annotations) =>
          push({ type: "BOOKMARK", object: bookmarkAt(resourceVersion, end ? ofEnd : annotations) }),
        end: () => push("end"),
        fail: push,
      });
      return (async function* () {
        for (;;) {
          while (events.length === 0 && !signal.aborted) {
            await new Promise<void>((resolve) => (wake = resolve));
            wake = undefined;
          }
          signal.throwIfAborted();
          const next = events.shift();
          if (next === "end" || next === undefined) return;
          if (next instanceof Error) throw next;
          yield next;
        }
      })();
    },
  });

  return {
    source: sourceIn("default"),
    clock,
    asked,
    get last() {
      const last = asked.at(-1);
      if (last === undefined) throw new Error("nothing was asked for");
      return last;
    },
    close: () => closing.abort(),
  };
}

const wrongVerb = (): never => {
  throw new Error("this answers the other verb");
};

const refused = {
  page: wrongVerb,
  open: wrongVerb,
  say: wrongVerb,
  bookmark: wrongVerb,
  end: wrongVerb,
};

const ofEnd = { "k8s.io/initial-events-end": "true" };

function bookmarkAt(resourceVersion: string, annotations: Readonly<Record<string, string>> | undefined): Bookmark {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: annotations === undefined ? { resourceVersion } : { resourceVersion, annotations },
  };
}
