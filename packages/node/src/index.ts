export { connect } from "./connect.ts";
export type { ConnectOptions, ExecPolicy } from "./connect-options.ts";
export type { TokenFunction } from "./kubeconfig/resolved.ts";
export { editKubeconfig } from "./kubeconfig/edit.ts";
export type { EditKubeconfigOptions, KubeconfigEditor, KubeconfigFields } from "./kubeconfig/edit.ts";
