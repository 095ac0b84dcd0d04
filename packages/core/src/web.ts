// The transport on fetch has an entry of its own, so that Node programs never load ky.
export { createWebTransport } from "./transport/web-transport.ts";
export type { WebTransportOptions } from "./transport/web-transport.ts";
