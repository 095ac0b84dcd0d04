// A module of its own: it loads node:http2 and node:tls, which importing the package must not.
import "./check-node.ts";

export { createNodeTransport } from "./transport/node-transport.ts";
export type { NodeTransport, NodeTransportOptions } from "./transport/node-transport.ts";
export type { Dial } from "./dial/dial.ts";
export type { RenewedTls, TlsMaterial, TlsSettings } from "./dial/tls-settings.ts";
export { proxyDial } from "./dial/proxy/proxy-dial.ts";
export { proxyFromEnvironment } from "./dial/proxy/from-environment.ts";
