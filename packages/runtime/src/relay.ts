export type { RelayEvent } from "./relay/relay-event.ts";
export type { RelayOptions } from "./relay/relay-options.ts";
export { relay } from "./relay/relay.ts";
export { pageHeader, streamHeader, watchPath } from "./relay/watch-request.ts";
export type { WatchChanges, WatchRequest } from "./relay/watch-request.ts";
