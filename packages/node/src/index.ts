import "./check-node.ts";

export { connect, connectOnUse } from "./connect.ts";
export type { ConnectOptions, ExecPolicy } from "./settings/connect-options.ts";
export type { TokenFunction } from "./settings/resolved.ts";
export { editKubeconfig } from "./kubeconfig/edit.ts";
export type { EditKubeconfigOptions, KubeconfigEditor, KubeconfigFields } from "./kubeconfig/edit.ts";
