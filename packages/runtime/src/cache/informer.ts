import { type Lists, optionsOf, type SelectMaskOf, sourceOf, type Stream, type Watches } from "@kubewright/core";
import { checkVerbs } from "../watch/check-verbs.ts";
import type { WatchHealth } from "../watch/watch-health.ts";
import { settingsOf, type WatcherOptions } from "../watch/watcher-options.ts";
import type { AtLeastOptions, CacheListOptions, SubscribeOptions, SyncedOptions } from "./cache-options.ts";
import type { Cached } from "./cached.ts";
import type { InformerEvent } from "./informer-event.ts";
import { type AnyInformerOptions, type InformerOptions, informerRules } from "./informer-options.ts";
import { ObjectCache } from "./object-cache.ts";
import type { Subscription } from "./subscription.ts";

/**
 * A local picture of a collection that stays true. `T` is the kind, `I` are the names of its indexes, `S` is the type of its `select`.
 * What it hands out is not copied, and belongs to all: change a `structuredClone` of it, `as Stored<T>`, for a clone keeps the type.
 */
export interface Informer<
  T,
  I extends string = never,
  S extends SelectMaskOf<T> | undefined = undefined,
> extends AsyncDisposable {
  /**
   * Resolves when all there is has been read once. Rejects with the StatusError when the server refuses that (401, 403, 404, 405 and other
   * errors of the request), and with the error that says why the server cannot be asked, such as a refused certificate, while the informer
   * goes on trying; with a TimeoutError after `timeoutMs`; and when the informer ends. What passes, such as a server that restarts, is
   * waited for. Default: no bound.
   */
  synced(options?: SyncedOptions): Promise<void>;
  /**
   * The object of this name; undefined when there is none. `namespace` is needed where the informer follows more than one.
   * @throws InputError where it is missing, or is one that the informer does not follow
   */
  get(name: string, namespace?: string): Cached<T, S> | undefined;
  /** All objects, or those that are chosen, in no order. @throws InputError for a wrong option */
  list(options?: CacheListOptions): Cached<T, S>[];
  /** The objects that the index has under this value, in no order. @throws InputError for an index that does not exist */
  byIndex(index: I, value: string): Cached<T, S>[];
  /** The values under which the index has objects. @throws InputError for an index that does not exist */
  keys(index: I): string[];
  /** How many objects there are. */
  readonly size: number;
  /** How it stands: of several namespaces, the worst. `state` and `synced` are what a readiness probe asks for. */
  readonly health: WatchHealth;
  /**
   * Resolves when everything up to this resourceVersion is here, such as what a write has just returned. A change that the selectors
   * leave out is only known to have come with the next change, or the server's next bookmark, which may take a minute. Rejects with a
   * TimeoutError after `timeoutMs`, default 60,000, and when the informer ends.
   * @throws InputError for what is no resourceVersion of an object
   */
  atLeast(resourceVersion: string, options?: AtLeastOptions): Promise<void>;
  /**
   * Tells what happens, beginning with all that is there as `added`. Events wait as long as they must, one for each object: who is slow
   * misses states in between, never the last, and holds up nobody. Ends with the informer.
   *
   * @example
   * const cache = informer(pods);
   * for await (const { type, object } of cache.subscribe()) console.log(type, object.metadata.name);
   */
  subscribe(options?: SubscribeOptions): Stream<InformerEvent<Cached<T, S>>>;
  /**
   * The same, by a function: called with one event after the other, the next when the promise that it may return has settled. What it
   * throws is told to `onError`.
   *
   * @example
   * const cache = informer(pods);
   * const subscription = cache.subscribe(async ({ type, object }) => console.log(type, object.metadata.name));
   */
  subscribe(
    handler: (event: InformerEvent<Cached<T, S>>) => void | Promise<void>,
    options?: SubscribeOptions,
  ): Subscription;
  /**
   * Calls `listener` after each turn in which an object, or how the informer stands (`health`), changed; gives what ends that. For who
   * reads all of it then, such as a page that draws it; what happens to each object, `subscribe` tells.
   */
  onChange(listener: () => void): () => void;
  /** Ends it and its subscriptions; what waits for it rejects. What it has stays as it is then. Harmless when it has ended. */
  close(): Promise<void>;
}

/**
 * Keeps all objects of a collection at hand, up to date for as long as it is not closed: what breaks is healed, and a new list takes the
 * place of the old one in one step. Informers of one connection that ask for the same share one watch. It begins at once and ends by
 * `close()`, its signal, the closing of the cluster, or when the server no longer has the resource (`health.state` is then `gone`).
 *
 * @throws InputError for a wrong option, and for a resource that cannot be both listed and watched
 * @example
 * await using cache = informer(pods, { index: { node: (pod) => [pod.spec.nodeName] } });
 * await cache.synced();
 * console.log(cache.get("web-0")?.status.phase, cache.byIndex("node", "n1").length);
 */
export function informer<T, I extends string = never, const S extends SelectMaskOf<T> | undefined = undefined>(
  resource: Lists<T> & Watches<T>,
  options?: InformerOptions<T, I, S>,
): Informer<T, I, S> {
  const source = sourceOf(resource);
  const given = optionsOf(options) as AnyInformerOptions & WatcherOptions;
  const settings = settingsOf(given, informerRules, true);
  checkVerbs(source);
  return new ObjectCache(source, settings, given) as unknown as Informer<T, I, S>;
}
