// What a page, an edge function, Deno or Bun begins with. An entry of its own: Node programs never load ky, and pages none of
// what they do not use.
export { createCluster } from "./cluster/create-cluster.ts";
export type { ClusterOptions } from "./cluster/create-cluster.ts";
export { createWebTransport } from "./transport/web-transport.ts";
export type { WebTransportOptions } from "./transport/web-transport.ts";
