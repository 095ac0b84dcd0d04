import "./check-node.ts";

export { connect, connectOnUse } from "./connect.ts";
export type { ConnectOptions, ExecPolicy } from "./settings/connect-options.ts";
export type { TokenFunction } from "./settings/resolved.ts";
export { readKubeconfig } from "./kubeconfig/read.ts";
export type {
  Kubeconfig,
  KubeconfigCluster,
  KubeconfigContext,
  KubeconfigPart,
  KubeconfigSecret,
  KubeconfigUser,
  ReadKubeconfigOptions,
} from "./kubeconfig/read.ts";
export { editKubeconfig } from "./kubeconfig/edit.ts";
export type { EditKubeconfigOptions, KubeconfigEditor, KubeconfigFields } from "./kubeconfig/edit.ts";
