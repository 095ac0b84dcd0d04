import type { ResourceSource } from "@kubewright/core";
import type { Consumer, Membership } from "../share/consumer.ts";
import type { Held, Hold } from "../share/held.ts";
import { joinWatch } from "../share/join-watch.ts";
import type { WatchHealth } from "../watch/watch-health.ts";
import type { WatchSettings } from "../watch/watch-settings.ts";

/** Is told what happens to a part; all calls are synchronous, and the part already shows it. */
export interface PartObserver<V> extends Pick<Consumer<V>, "change"> {
  /** It has come further. */
  moved(): void;
  /** It stands otherwise. */
  health(): void;
}

/** One of an informer's watches: its objects, and how far it has come. */
export class Part<V> {
  readonly #membership: Membership<V>;
  #kept: ReadonlyMap<string, Held<V>> | undefined;
  #version: string | undefined;

  constructor(source: ResourceSource, settings: WatchSettings, hold: Hold<V>, observer: PartObserver<V>) {
    const reached = (version: string): void => {
      this.#version = version;
      observer.moved();
    };
    this.#membership = joinWatch(
      source,
      settings,
      hold,
      {},
      {
        fresh() {},
        change: (before, after, last) => observer.change(before, after, last),
        missed() {},
        synced: reached,
        progress: reached,
        health: () => observer.health(),
      },
    );
  }

  /** The objects by key, as of now; not to be kept. */
  get entries(): ReadonlyMap<string, Held<V>> {
    return this.#kept ?? this.#membership.entries;
  }

  /** The version up to which everything has come; undefined before the first list has. */
  get version(): string | undefined {
    return this.#version;
  }

  get health(): WatchHealth {
    return this.#membership.health;
  }

  /** Ends it; its objects stay as they are. */
  leave(): void {
    // Others who have the watch go on; what they are told must not reach who is told nothing any more.
    this.#kept = new Map(this.#membership.entries);
    this.#membership.leave();
  }
}
