import type { KubernetesObject, Stored } from "@kubewright/core";
import type { RunningWatch } from "../../packages/runtime/src/watch/run-watch.ts";
import { notBegun, type WatchHealth } from "../../packages/runtime/src/watch/watch-health.ts";
import type { WatchSink } from "../../packages/runtime/src/watch/watch-sink.ts";

type AnyObject = Stored<KubernetesObject>;

/** A running watch that says what a test has it say. */
export class DrivenWatch {
  /** How often it was stopped. */
  stops = 0;
  #sink: WatchSink<AnyObject> | undefined;
  #health: WatchHealth = notBegun;

  /** Takes the place of `runWatch`. */
  start(sink: WatchSink<AnyObject>): RunningWatch {
    this.#sink = sink;
    return {
      stop: () => {
        this.stops += 1;
        this.health({ state: "stopped" });
      },
      health: () => this.#health,
      ended: Promise.resolve(),
    };
  }

  get sink(): WatchSink<AnyObject> {
    if (this.#sink === undefined) throw new Error("the watch was not started");
    return this.#sink;
  }

  /** The collection comes anew. */
  list(version: string, ...objects: AnyObject[]): void {
    this.sink.init();
    for (const object of objects) void this.sink.apply(object);
    void this.sink.synced(version);
  }

  /** An object was created or changed. */
  apply(object: AnyObject): void {
    void this.sink.apply(object);
    this.sink.progress(object.metadata.resourceVersion);
  }

  /** An object is gone. */
  delete(object: AnyObject): void {
    void this.sink.delete(object);
    this.sink.progress(object.metadata.resourceVersion);
  }

  health(change: Partial<WatchHealth>): void {
    this.#health = { ...this.#health, ...change };
    this.sink.health(this.#health);
  }
}
