export { connect } from "./connect.ts";
export type { ConnectOptions, ExecPolicy } from "./connect-options.ts";
export type { TokenFunction } from "./kubeconfig/resolved.ts";
