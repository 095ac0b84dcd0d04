export { createProxy } from "./serving/create-proxy.ts";
export type { Proxy } from "./serving/create-proxy.ts";
export type { ProxyOptions } from "./serving/proxy-options.ts";
export { readOnly } from "./guard/proxy-rule.ts";
export type { ProxyRule } from "./guard/proxy-rule.ts";
export type { Identified, Identify } from "./guard/identity.ts";
export type { ResourceVerb } from "./request/target.ts";
export type { ProxyLimits, ProxyShare } from "./guard/proxy-limits.ts";
export type { RefusedRequest } from "./guard/refused.ts";
