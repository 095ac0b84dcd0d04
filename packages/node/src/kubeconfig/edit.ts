import type { PlainMap } from "./fields.ts";

/** Fields of a cluster, user or context, as they stand in the file: `{ "certificate-authority-data": "…" }`. */
export type KubeconfigFields = PlainMap;

/** Changes a kubeconfig within {@link editKubeconfig}. */
export interface KubeconfigEditor {
  readonly currentContext: string | undefined;
  readonly clusters: readonly string[];
  readonly users: readonly string[];
  readonly contexts: readonly string[];
  /** Switches the current context. Throws a ConfigError when there is no such context. */
  useContext(name: string): void;
  /** Adds a cluster or changes fields of it: maps are merged, `undefined` removes a field, others stay. */
  setCluster(name: string, fields: KubeconfigFields): void;
  setUser(name: string, fields: KubeconfigFields): void;
  setContext(name: string, fields: KubeconfigFields): void;
  /** Removes a cluster; false when there is none. What refers to it stays. */
  removeCluster(name: string): boolean;
  removeUser(name: string): boolean;
  /** Removes a context; when it is the current one, there is none afterwards. */
  removeContext(name: string): boolean;
}

/** Which kubeconfig to edit. */
export interface EditKubeconfigOptions {
  /** The file; it need not exist. Default: `KUBECONFIG`, else `~/.kube/config`. */
  readonly kubeconfig?: string | undefined;
}

/**
 * Changes the kubeconfig that kubectl would change: an entry in the file it stands in, new entries and the current context in the
 * first file of `KUBECONFIG` that exists. Files are locked as kubectl locks them and replaced whole, with mode 0600; comments and
 * unknown fields stay. Nothing is written when `change` throws. Rejects with a ConfigError.
 */
export async function editKubeconfig(
  change: (editor: KubeconfigEditor) => void | Promise<void>,
  options: EditKubeconfigOptions = {},
): Promise<void> {
  // What keeps comments is heavy, and few programs edit.
  const { editFiles } = await import("./edit-files.ts");
  return editFiles(change, options);
}
