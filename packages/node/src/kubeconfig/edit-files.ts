import { ConfigError, InputError, nearest } from "@kubewright/core";
import { processSurroundings, type Surroundings } from "../settings/surroundings.ts";
import { KubeconfigDocument, type Section } from "./document.ts";
import { homeKubeconfig, kubeconfigList, pathsOf } from "./locate.ts";
import { readKubeconfigFile } from "./read-file.ts";
import { checkWritable, withLocks, writeFileAtomically } from "./write-file.ts";
import type { EditKubeconfigOptions, KubeconfigEditor, KubeconfigFields } from "./edit.ts";

/** See editKubeconfig. */
export async function editFiles(
  change: (editor: KubeconfigEditor) => void | Promise<void>,
  options: EditKubeconfigOptions,
): Promise<void> {
  const around = processSurroundings();
  const files = await filesToEdit(options, around);
  await Promise.all(files.map(checkWritable));
  await withLocks(files, async () => {
    const documents = await Promise.all(
      files.map(async (file) => {
        const bytes = await readKubeconfigFile(file, around);
        return { exists: bytes !== undefined, document: new KubeconfigDocument(file, bytes) };
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
