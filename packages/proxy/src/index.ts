export { createProxy } from "./create-proxy.ts";
export type { Proxy, ProxyOptions } from "./create-proxy.ts";
