import {
  type CallOptions,
  compareResourceVersions,
  createStream,
  KubeError,
  optionsOf,
  queryOf,
  type ResourceSource,
  shownAs,
  type ShownFields,
  type Stream,
} from "@kubewright/core";
import type { Held, Hold } from "../share/held.ts";
import { sameJson } from "../share/same-json.ts";
import { isOlder } from "../watch/versions.ts";
import { isOver, type WatchHealth } from "../watch/watch-health.ts";
import type { WatchSettings } from "../watch/watch-settings.ts";
import {
  type AtLeastOptions,
  atLeastRules,
  type CacheListOptions,
  cacheListRules,
  type SubscribeOptions,
  subscribeRules,
  type SyncedOptions,
  syncedRules,
} from "./cache-options.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { type Report, reporter, safeIndex } from "./failures.ts";
import type { InformerEvent } from "./informer-event.ts";
import { type AnyInformerOptions, checkFunction } from "./informer-options.ts";
import { joinedHealth } from "./joined-health.ts";
import { Listeners } from "./listeners.ts";
import { ObjectIndex } from "./object-index.ts";
import { Part } from "./part.ts";
import { Reader } from "./reader.ts";
import { isRefusal } from "../watch/refusal.ts";
import { Scope } from "./scope.ts";
import type { AnyObject } from "../watch/any-object.ts";
import { Store } from "./store.ts";
import { HandlerSubscription, type Subscription } from "./subscription.ts";
import { Waiting } from "./waiting.ts";

type Event = InformerEvent<AnyObject>;
type Handler = (event: Event) => void | Promise<void>;

const objects: Hold<AnyObject> = { id: "objects", value: (object) => object, same: sameJson };
const frozen: Hold<AnyObject> = { id: "frozen objects", value: deepFreeze, same: sameJson };

/** Milliseconds that `atLeast` waits, as every call does. */
const atLeastMs = 60_000;

/** What stands behind every informer: holds what its watches tell, and tells its subscriptions. */
export class ObjectCache {
  static {
    shownAs(this.prototype, "Informer", (cache) => cache.#shown());
  }

  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly #source: ResourceSource;
  readonly #signal: AbortSignal | undefined;
  readonly #scope: Scope;
  readonly #parts = new Map<string | undefined, Part<AnyObject>>();
  readonly #store: Store;
  readonly #waiting: Waiting;
  readonly #report: Report;
  readonly #readers = new Set<Reader<AnyObject>>();
  readonly #listeners = new Listeners();
  #stopResync = (): void => {};
  /** Why it is over, and how it stood. */
  #over: { readonly reason: unknown; readonly health: WatchHealth } | undefined;

  constructor(source: ResourceSource, settings: WatchSettings, options: AnyInformerOptions) {
    const { namespaces, index = {}, freeze = false, resyncMs = Infinity, onError, signal } = options;
    const { clock, closed } = source.connection;
    this.#source = source;
    this.#signal = signal;
    this.#scope = new Scope(source, namespaces);
    this.#waiting = new Waiting(clock);
    this.#report = reporter(() => this.#scope.describe(), onError);
    const indexes = Object.entries(index).map(
      ([name, valuesOf]) => [name, new ObjectIndex(safeIndex(name, valuesOf, this.#report))] as const,
    );
    this.#store = new Store(this.#scope, this.#parts, new Map(indexes), settings.wanted.select);
    // Old browsers have no such symbol, and no syntax that would ask for it.
    if (Symbol.asyncDispose) Object.assign(this, { [Symbol.asyncDispose]: () => this.close() });
    const over = [signal, closed].find((one) => one?.aborted);
    if (over !== undefined) {
      this.#end(over.reason);
      return;
    }
    signal?.addEventListener("abort", this.#abort);
    closed.addEventListener("abort", this.#clusterClosed);
    const hold = freeze ? frozen : objects;
    const observer = { change: this.#change, moved: () => this.#waiting.changed(), health: this.#healthChanged };
    for (const [namespace, one] of this.#scope.sources())
      this.#parts.set(namespace, new Part(one, settings, hold, observer));
    if (resyncMs !== Infinity) this.#resyncLater(resyncMs);
  }

  get size(): number {
    return this.#store.size;
  }

  get health(): WatchHealth {
    return this.#over?.health ?? joinedHealth([...this.#parts.values()].map(({ health }) => health));
  }

  get(name: string, namespace?: string): AnyObject | undefined {
    return this.#store.object(name, namespace);
  }

  list(options?: CacheListOptions): AnyObject[] {
    const given = optionsOf(options);
    queryOf(cacheListRules, given);
    return this.#store.list(given);
  }

  byIndex(index: string, value: string): AnyObject[] {
    return this.#store.byIndex(index, value);
  }

  keys(index: string): string[] {
    return this.#store.keys(index);
  }

  async synced(options?: SyncedOptions): Promise<void> {
    const given = optionsOf(options);
    queryOf(syncedRules, given);
    const parts = [...this.#parts.values()];
    const come = (): boolean => {
      const missing = parts.filter(({ version }) => version === undefined);
      const refusal = missing.map(({ health }) => health.error).find(isRefusal);
      if (refusal !== undefined && given.waitForAccess !== true) throw refusal;
      return missing.length === 0;
    };
    await this.#wait(come, () => `no whole list of ${this.#scope.describe()}`, given);
  }

  async atLeast(resourceVersion: string, options?: AtLeastOptions): Promise<void> {
    const given = optionsOf(options);
    queryOf(atLeastRules, given);
    compareResourceVersions(resourceVersion, resourceVersion); // refuses what is none
    const within = this.#scope.within(given.namespace);
    const part = this.#parts.get(within);
    const parts = part === undefined ? [...this.#parts.values()] : [part];
    const come = (): boolean =>
      parts.every(
        ({ version }) => version !== undefined && (version === resourceVersion || isOlder(resourceVersion, version)),
      );
    const missing = (): string => {
      const at = parts.map(({ version }) => version ?? "none").join(", ");
      return `no resourceVersion ${resourceVersion} of ${this.#scope.describe()}, which are at ${at},`;
    };
    await this.#wait(come, missing, { timeoutMs: atLeastMs, ...given });
  }

  subscribe(options?: SubscribeOptions): Stream<Event>;
  subscribe(handler: Handler, options?: SubscribeOptions): Subscription;
  subscribe(first?: Handler | SubscribeOptions, second?: SubscribeOptions): Stream<Event> | Subscription {
    if (typeof first !== "function" && second !== undefined) checkFunction(first, "handler");
    const handler = typeof first === "function" ? first : undefined;
    const given = optionsOf(handler === undefined ? (first as SubscribeOptions | undefined) : second);
    queryOf(subscribeRules, given);
    const start = (signal: AbortSignal): AsyncIterable<Event> => this.#events(signal);
    const shown = (): ShownFields => ({ of: this.#scope.describe() });
    if (handler === undefined) return createStream(start, given.signal, shown);
    const handle = async (event: Event): Promise<void> => {
      try {
        await handler(event);
      } catch (error) {
        this.#report(error, { in: "handler", event });
      }
    };
    return new HandlerSubscription(start, handle, given.signal, shown);
  }

  onChange(listener: () => void): () => void {
    checkFunction(listener, "listener");
    return this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#end(new KubeError(`Closed: the informer of ${this.#scope.describe()} was closed`));
  }

  /** What one subscription is told; it begins with what is there. */
  #events(signal: AbortSignal): AsyncIterable<Event> {
    const reader = new Reader(this.#store, this.#source.connection.clock);
    if (this.#over !== undefined || signal.aborted) reader.end();
    for (const held of this.#store.all()) reader.changed(undefined, held);
    this.#readers.add(reader);
    // The signal is this subscription's own.
    signal.addEventListener("abort", () => reader.end());
    return reader.events(() => this.#readers.delete(reader));
  }

  #change = (
    before: Held<AnyObject> | undefined,
    after: Held<AnyObject> | undefined,
    last: Held<AnyObject> | undefined,
  ): void => {
    this.#store.change(before, after);
    for (const reader of this.#readers) reader.changed(before, after, last);
    this.#listeners.changed();
  };

  #healthChanged = (): void => {
    this.#waiting.changed();
    this.#listeners.changed();
    const parts = [...this.#parts.values()];
    if (this.#over !== undefined || !parts.every(({ health }) => isOver(health.state))) return;
    if (this.#source.connection.closed.aborted) {
      this.#clusterClosed();
      return;
    }
    // The server no longer has the resource: what it had to say comes to its end first.
    for (const reader of this.#readers) reader.finish();
    this.#readers.clear();
    this.#end(this.health.error, this.health);
  };

  #abort = (): void => this.#end(this.#signal?.reason);

  #clusterClosed = (): void => this.#end(this.#source.connection.closed.reason);

  #end(reason: unknown, health: WatchHealth = { ...this.health, state: "stopped", error: undefined }): void {
    if (this.#over !== undefined) return;
    this.#over = { reason, health };
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#source.connection.closed.removeEventListener("abort", this.#clusterClosed);
    this.#stopResync();
    for (const part of this.#parts.values()) part.leave();
    for (const reader of this.#readers) reader.end();
    this.#waiting.changed();
    this.#listeners.changed();
  }

  async #wait(come: () => boolean, missing: () => string, options: CallOptions): Promise<void> {
    const unlessOver = (): boolean => {
      if (this.#over !== undefined) throw this.#over.reason;
      return come();
    };
    await this.#waiting.for({ come: unlessOver, missing, trouble: () => this.health.error }, options);
  }

  #resyncLater(ms: number): void {
    this.#stopResync = this.#source.connection.clock.after(ms, () => {
      for (const reader of this.#readers) reader.resync(this.#store.all());
      this.#resyncLater(ms);
    });
  }

  #shown(): ShownFields {
    return { of: this.#scope.describe(), state: this.health.state, size: this.size };
  }
}
