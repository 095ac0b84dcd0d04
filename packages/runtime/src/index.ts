export type { WatcherEvent } from "./watch/watcher-event.ts";
export type { WatchHealth, WatchState } from "./watch/watch-health.ts";
export { watcher } from "./watch/watcher.ts";
export type { Watcher } from "./watch/watcher.ts";
export type { WatcherOptions } from "./watch/watcher-options.ts";

export { informer } from "./cache/informer.ts";
export type { Informer } from "./cache/informer.ts";
export type { IndexFunction, InformerOptions } from "./cache/informer-options.ts";
export type { AtLeastOptions, CacheListOptions, SubscribeOptions, SyncedOptions } from "./cache/cache-options.ts";
export type { Cached } from "./cache/cached.ts";
export type { InformerEvent, InformerFailure } from "./cache/informer-event.ts";
export type { Subscription } from "./cache/subscription.ts";

export { waitFor } from "./wait/wait-for.ts";
export type { WaitOptions } from "./wait/wait-for.ts";
export type { WaitCondition, WaitState, WaitUntil } from "./wait/until.ts";
export { WaitError, WaitTimeoutError } from "./wait/wait-errors.ts";

export { logs } from "./logs/logs.ts";
export type { LogsOptions } from "./logs/logs-options.ts";
export type { LogContainer, LogLine } from "./logs/log-line.ts";
export type { LogEvent, LogHappening, LogPlace } from "./logs/log-event.ts";

export { debug } from "./debug/debug.ts";
export type { DebugOptions } from "./debug/debug-options.ts";
export type { DebugProfile } from "./debug/ephemeral-container.ts";
