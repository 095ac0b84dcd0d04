export { connectProxy } from "./connect-proxy.ts";
export type { ProxyConnectOptions } from "./connect-proxy.ts";
