// A module of its own: it loads node:http2 and node:tls, which importing the package must not.
export { createNodeTransport } from "./transport/node-transport.ts";
export type { NodeTransport, NodeTransportOptions } from "./transport/node-transport.ts";
export type { Dial } from "./transport/dial.ts";
export type { RenewedTls, TlsMaterial, TlsSettings } from "./transport/tls-settings.ts";
export { proxyDial } from "./proxy/proxy-dial.ts";
export { proxyFromEnvironment } from "./proxy/from-environment.ts";
