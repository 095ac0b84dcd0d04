import {
  flag,
  InputError,
  milliseconds,
  plainObject,
  type RulesFor,
  type SelectMaskOf,
  text,
  unsent,
  whatItIs,
} from "@kubewright/core";
import { type WatcherOptions, watcherRules } from "../watch/watcher-options.ts";
import type { Cached } from "./cached.ts";
import type { InformerFailure } from "./informer-event.ts";
import type { AnyObject } from "../watch/any-object.ts";

/** The values under which an index has an object; undefined values are left out. Must give the same for the same object. */
export type IndexFunction<T> = (object: T) => readonly (string | undefined)[] | undefined;

/** Options of `informer`. `S` is the type of `select`, `I` are the names of its indexes. */
export interface InformerOptions<
  T,
  I extends string = never,
  S extends SelectMaskOf<T> | undefined = undefined,
> extends WatcherOptions<T, S> {
  /**
   * Only these namespaces, each by a watch of its own: for who may not read all of them. The client must be one across all
   * namespaces. Default: what the client is of.
   */
  readonly namespaces?: readonly string[] | undefined;
  /**
   * Indexes by name: functions that give the values under which `byIndex` finds an object, such as
   * `{ node: (pod) => [pod.spec.nodeName] }`. An object on which one throws, or for which it gives no list of texts, is left out of
   * that index and told to `onError`. Default: none.
   */
  readonly index?: { readonly [Name in I]: IndexFunction<Cached<T, S>> } | undefined;
  /**
   * Whether each object is frozen, deeply, as it is taken in, so that changing one throws instead of changing it for everybody. Costs
   * some time for each object; informers that freeze share no watch with those that don't. Default false.
   */
  readonly freeze?: boolean | undefined;
  /**
   * Milliseconds after which every subscription is told of every object once more, as `updated`, if nothing changed with `previous` being
   * the object itself. Nothing is read anew for it. Default: never.
   */
  readonly resyncMs?: number | undefined;
  /**
   * Takes what a handler or an index threw. What goes wrong with the server is healed instead, and stands in `health`. Default:
   * console.error.
   */
  readonly onError?: ((error: unknown, failure: InformerFailure<Cached<T, S>>) => void) | undefined;
}

/** The options where types no longer matter, without what is asked of the watch. */
export interface AnyInformerOptions extends Pick<
  InformerOptions<unknown, string>,
  "namespaces" | "freeze" | "resyncMs" | "signal"
> {
  readonly index?: Readonly<Record<string, IndexFunction<AnyObject>>> | undefined;
  readonly onError?: ((error: unknown, failure: InformerFailure<AnyObject>) => void) | undefined;
}

/** What each option may be. */
export const informerRules: RulesFor<InformerOptions<unknown, string>> = {
  ...watcherRules,
  namespaces: unsent(checkNamespaces),
  index: unsent(checkIndex),
  freeze: flag,
  resyncMs: unsent(milliseconds),
  onError: unsent(checkFunction),
};

/** @throws InputError for what cannot be called */
export function checkFunction(value: unknown, field: string): void {
  if (typeof value !== "function") throw new InputError(field, `it must be a function, not ${whatItIs(value)}`);
}

function checkNamespaces(value: unknown, field: string): void {
  if (!Array.isArray(value)) throw new InputError(field, `it must be a list of namespaces, not ${whatItIs(value)}`);
  if (value.length === 0) throw new InputError(field, "it is empty; leave it out for all namespaces");
  for (const [at, namespace] of value.entries()) {
    if (text(namespace, `${field}[${at}]`) === "") throw new InputError(`${field}[${at}]`, "it is empty");
    if (value.indexOf(namespace) !== at)
      throw new InputError(`${field}[${at}]`, `${JSON.stringify(namespace)} stands there twice`);
  }
}

function checkIndex(value: unknown, field: string): void {
  for (const [name, valuesOf] of Object.entries(plainObject(value, field))) checkFunction(valuesOf, `${field}.${name}`);
}
