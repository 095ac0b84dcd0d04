import { fieldsOf, invalidKubeconfig, isMap, own, type PlainMap } from "./fields.ts";

/** One named cluster, user or context as it stands in its file, unknown fields too. */
export interface KubeconfigEntry {
  readonly name: string;
  /** The file it stands in; undefined for a text without a file. */
  readonly file: string | undefined;
  /** The map under `cluster`, `user` or `context`. */
  readonly fields: PlainMap;
}

/** One kubeconfig file, or several merged. Entries are checked when they are used, so that a wrong one does not spoil the others. */
export interface Kubeconfig {
  /** The files it came from, first to last; those that do not exist are left out. */
  readonly files: readonly string[];
  readonly currentContext: string | undefined;
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>;
  readonly users: ReadonlyMap<string, KubeconfigEntry>;
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>;
}

/** The name of an entry for messages: `user "admin" in /home/me/.kube/config`. */
export function placeOf(kind: "cluster" | "user" | "context", entry: KubeconfigEntry): string {
  return `${kind} ${JSON.stringify(entry.name)} in ${entry.file ?? "kubeconfigText"}`;
}

/** Reads the sections of one parsed kubeconfig. `file` is undefined for a text without a file. */
export function readKubeconfig(root: PlainMap, file: string | undefined): Kubeconfig {
  const fields = fieldsOf(root, file ?? "kubeconfigText");
  return {
    files: file === undefined ? [] : [file],
    currentContext: fields.text("current-context"),
    clusters: readSection(fields.list("clusters"), "clusters", "cluster", file),
    users: readSection(fields.list("users"), "users", "user", file),
    contexts: readSection(fields.list("contexts"), "contexts", "context", file),
  };
}

function readSection(
  list: readonly unknown[],
  section: string,
  field: string,
  file: string | undefined,
): ReadonlyMap<string, KubeconfigEntry> {
  const entries = new Map<string, KubeconfigEntry>();
  for (const [index, item] of list.entries()) {
    const place = `entry ${index + 1} of ${section} in ${file ?? "kubeconfigText"}`;
    if (!isMap(item)) throw invalidKubeconfig(place, `it must be a map with name and ${field}`);
    const name = own(item, "name") ?? "";
    if (typeof name !== "string") throw invalidKubeconfig(place, "name must be text; put it in quotes");
    const fields = own(item, field) ?? {};
    if (!isMap(fields)) throw invalidKubeconfig(place, `${field} must be a map`);
    if (entries.has(name))
      throw invalidKubeconfig(place, `the name ${JSON.stringify(name)} is there twice; remove or rename one`);
    entries.set(name, { name, file, fields });
  }
  return entries;
}

/** Merges files as client-go does: of entries with one name the first file's counts, whole; so does the first current-context. */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
  const merged = (pick: (config: Kubeconfig) => ReadonlyMap<string, KubeconfigEntry>): Map<string, KubeconfigEntry> =>
    new Map(configs.toReversed().flatMap((config) => [...pick(config)]));
  return {
    files: configs.flatMap((config) => config.files),
    currentContext: configs.find((config) => config.currentContext !== undefined)?.currentContext,
    clusters: merged((config) => config.clusters),
    users: merged((config) => config.users),
    contexts: merged((config) => config.contexts),
  };
}
