import {
  abortSignal,
  flag,
  type LabelSelectorInput,
  milliseconds,
  type RulesFor,
  text,
  unsent,
} from "@kubewright/core";

/** What chooses among the objects of a cache. */
export interface CacheListOptions {
  /** Only objects in this namespace. Default: all. */
  readonly namespace?: string | undefined;
  /** Only objects whose labels match. Default: all. */
  readonly labelSelector?: LabelSelectorInput | undefined;
}

/** Options of `synced`. */
export interface SyncedOptions {
  /** Ends the wait, which then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which it rejects with a TimeoutError. Default: no bound. */
  readonly timeoutMs?: number | undefined;
  /** Whether to wait on when the first list is refused, since that may change. Default false. */
  readonly waitForAccess?: boolean | undefined;
}

/** Options of `atLeast`. */
export interface AtLeastOptions {
  /** Ends the wait, which then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which it rejects with a TimeoutError. Default 60,000; `Infinity` means no bound. */
  readonly timeoutMs?: number | undefined;
  /** Where the informer follows several `namespaces`: only this one must have come so far. Default: all of them. */
  readonly namespace?: string | undefined;
}

/** Options of `subscribe`. */
export interface SubscribeOptions {
  /** Ends the subscription; an iteration then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
}

const waitRules = { signal: unsent(abortSignal), timeoutMs: unsent(milliseconds) };

export const cacheListRules: RulesFor<CacheListOptions> = { namespace: text, labelSelector: unsent(() => {}) };
export const syncedRules: RulesFor<SyncedOptions> = { ...waitRules, waitForAccess: flag };
export const atLeastRules: RulesFor<AtLeastOptions> = { ...waitRules, namespace: text };
export const subscribeRules: RulesFor<SubscribeOptions> = { signal: unsent(abortSignal) };
