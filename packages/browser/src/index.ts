export { connectProxy } from "./connect-proxy.ts";
export type { ProxyCluster, ProxyConnectOptions, ProxyConnection } from "./connect-proxy.ts";
export type { ConnectionState } from "./events/connection-state.ts";

export { createStore } from "./store/create-store.ts";
export type { StoreOptions } from "./store/create-store.ts";
export type { Snapshot } from "./store/snapshot.ts";
export type { Store } from "./store/store.ts";
