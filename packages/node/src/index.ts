export { connect } from "./connect.ts";
export type { ConnectOptions, ExecPolicy } from "./connect-options.ts";
export type { TokenFunction } from "./kubeconfig/resolved.ts";
export { createNodeTransport } from "./transport/node-transport.ts";
export type { NodeTransport, NodeTransportOptions } from "./transport/node-transport.ts";
export type { Dial } from "./transport/dial.ts";
export type { TlsMaterial, TlsSettings } from "./transport/tls-settings.ts";
