import { ConfigError, InputError, nearest } from "@kubewright/core";
import { processSurroundings, type Surroundings } from "../settings/surroundings.ts";
import { openDocument, type KubeconfigDocument, type Section } from "./document.ts";
import type { PlainMap } from "./fields.ts";
import { homeKubeconfig, kubeconfigList, pathsOf } from "./locate.ts";
import { readKubeconfigFile } from "./read-file.ts";
import { checkWritable, withLocks, writeFileAtomically } from "./write-file.ts";

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
  const around = processSurroundings();
  const files = await filesToEdit(options, around);
  await Promise.all(files.map(checkWritable));
  await withLocks(files, async () => {
    const documents = await Promise.all(
      files.map(async (file) => {
        const bytes = await readKubeconfigFile(file, around);
        return { exists: bytes !== undefined, document: await openDocument(file, bytes) };
      }),
    );
    const home = documents.find(({ exists }) => exists) ?? documents.at(-1);
    if (home === undefined) throw new ConfigError("No kubeconfig: KUBECONFIG names no file");
    await change(
      editorOf(
        documents.map(({ document }) => document),
        home.document,
      ),
    );
    for (const { document } of documents) {
      if (document.changed) await writeFileAtomically(document.file, document.toString());
    }
  });
}

async function filesToEdit({ kubeconfig }: EditKubeconfigOptions, around: Surroundings): Promise<readonly string[]> {
  if (kubeconfig === "") throw new InputError("kubeconfig", "it is empty");
  if (kubeconfig !== undefined) return [pathsOf(around).resolve(around.workingDir, kubeconfig)];
  return kubeconfigList(around) ?? [await homeKubeconfig(around)];
}

function editorOf(documents: readonly KubeconfigDocument[], home: KubeconfigDocument): KubeconfigEditor {
  const names = (section: Section): readonly string[] => [
    ...new Set(documents.flatMap((document) => document.names(section))),
  ];
  const set = (section: Section, name: string, fields: KubeconfigFields): void => {
    if (name === "") throw new InputError("name", "it is empty");
    (documents.find((document) => document.names(section).includes(name)) ?? home).merge(section, name, fields);
  };
  // From every file: an entry that a first one hid must not come to light.
  const remove = (section: Section, name: string): boolean =>
    documents.filter((document) => document.remove(section, name)).length > 0;
  return {
    get currentContext() {
      return documents.find((document) => document.currentContext !== undefined)?.currentContext;
    },
    get clusters() {
      return names("clusters");
    },
    get users() {
      return names("users");
    },
    get contexts() {
      return names("contexts");
    },
    useContext(name) {
      if (!names("contexts").includes(name)) {
        const close = nearest(name, names("contexts"));
        const hint = close === undefined ? "" : `; did you mean ${JSON.stringify(close)}?`;
        throw new ConfigError(`Unknown context: there is no context ${JSON.stringify(name)}${hint}`);
      }
      // Files before this one do not exist, so it is the first to say one.
      home.currentContext = name;
    },
    setCluster: (name, fields) => set("clusters", name, fields),
    setUser: (name, fields) => set("users", name, fields),
    setContext: (name, fields) => set("contexts", name, fields),
    removeCluster: (name) => remove("clusters", name),
    removeUser: (name) => remove("users", name),
    removeContext(name) {
      const removed = remove("contexts", name);
      for (const document of documents)
        if (removed && document.currentContext === name) document.currentContext = undefined;
      return removed;
    },
  };
}
