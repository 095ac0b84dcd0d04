export type { WatcherEvent } from "./watch/watcher-event.ts";
export type { WatchHealth, WatchState } from "./watch/watch-health.ts";
export { watcher } from "./watch/watcher.ts";
export type { Watcher } from "./watch/watcher.ts";
export type { WatcherOptions } from "./watch/watcher-options.ts";
