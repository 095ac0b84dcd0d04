import type { PlainMap } from "./fields.ts";

/** Fields of a cluster, user or context, as they stand in the file: `{ "certificate-authority-data": "…" }`. */
export type KubeconfigFields = PlainMap;

/** Changes a kubeconfig within {@link editKubeconfig}. */
export interface KubeconfigEditor {
  /** The name of the current context; undefined where none is set. */
  readonly currentContext: string | undefined;
  /** The names of all clusters. */
  readonly clusters: readonly string[];
  /** The names of all users. */
  readonly users: readonly string[];
  /** The names of all contexts. */
  readonly contexts: readonly string[];
  /** Switches the current context. Throws a ConfigError when there is no such context. */
  useContext(name: string): void;
  /** Adds a cluster or changes fields of it: maps are merged, `undefined` removes a field, others stay. */
  setCluster(name: string, fields: KubeconfigFields): void;
  /** Adds a user or changes fields of it, as `setCluster` does. */
  setUser(name: string, fields: KubeconfigFields): void;
  /** Adds a context or changes fields of it, as `setCluster` does. */
  setContext(name: string, fields: KubeconfigFields): void;
  /** Removes a cluster; false when there is none. What refers to it stays. */
  removeCluster(name: string): boolean;
  /** Removes a user; false when there is none. What refers to it stays. */
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
