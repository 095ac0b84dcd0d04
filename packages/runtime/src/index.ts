export type { WatcherEvent } from "./watch/watcher-event.ts";
export type { WatchHealth, WatchState } from "./watch/watch-health.ts";
