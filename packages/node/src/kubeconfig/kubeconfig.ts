import { ConfigError, isKubeError } from "@kubewright/core";
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
export interface KubeconfigSections {
  /** The files it came from, first to last; those that do not exist are left out. */
  readonly files: readonly string[];
  readonly currentContext: string | undefined;
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>;
  readonly users: ReadonlyMap<string, KubeconfigEntry>;
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>;
  /** The files as a whole, in the same order. */
  readonly roots: readonly PlainMap[];
}

/** The name of an entry for messages: `user "admin" in /home/me/.kube/config`. */
export function placeOf(kind: "cluster" | "user" | "context", entry: KubeconfigEntry): string {
  return `${kind} ${JSON.stringify(entry.name)} in ${entry.file ?? "kubeconfigText"}`;
}

/** What becomes of a part that cannot be read: thrown, or taken down while the rest is read. */
export type OnBroken = (error: ConfigError) => void;

/** Reads the sections of one parsed kubeconfig. `file` is undefined for a text without a file. */
export function readSections(root: PlainMap, file: string | undefined, onBroken: OnBroken): KubeconfigSections {
  const fields = fieldsOf(root, file ?? "kubeconfigText");
  const section = (name: string, field: string): ReadonlyMap<string, KubeconfigEntry> =>
    readSection(orBroken(() => fields.list(name), onBroken) ?? [], name, field, file, onBroken);
  return {
    files: file === undefined ? [] : [file],
    currentContext: orBroken(() => fields.text("current-context"), onBroken),
    clusters: section("clusters", "cluster"),
    users: section("users", "user"),
    contexts: section("contexts", "context"),
    roots: [root],
  };
}

function readSection(
  list: readonly unknown[],
  section: string,
  field: string,
  file: string | undefined,
  onBroken: OnBroken,
): ReadonlyMap<string, KubeconfigEntry> {
  const entries = new Map<string, KubeconfigEntry>();
  for (const [index, item] of list.entries()) {
    const place = `entry ${index + 1} of ${section} in ${file ?? "kubeconfigText"}`;
    const entry = orBroken(() => readEntry(item, place, field, file), onBroken);
    if (entry === undefined) continue;
    if (!entries.has(entry.name)) entries.set(entry.name, entry);
    else
      onBroken(invalidKubeconfig(place, `the name ${JSON.stringify(entry.name)} is there twice; remove or rename one`));
  }
  return entries;
}

function readEntry(item: unknown, place: string, field: string, file: string | undefined): KubeconfigEntry {
  if (!isMap(item)) throw invalidKubeconfig(place, `it must be a map with name and ${field}`);
  const name = own(item, "name") ?? "";
  if (typeof name !== "string") throw invalidKubeconfig(place, "name must be text; put it in quotes");
  const fields = own(item, field) ?? {};
  if (!isMap(fields)) throw invalidKubeconfig(place, `${field} must be a map`);
  return { name, file, fields };
}

/** What `read` gives, or undefined when it throws a ConfigError and `onBroken` does not. */
export function orBroken<T>(read: () => T, onBroken: OnBroken): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isKubeError(error) || error.name !== ConfigError.name) throw error;
    onBroken(error as ConfigError);
    return undefined;
  }
}

/** Merges files as client-go does: of entries with one name the first file's counts, whole; so does the first current-context. */
export function mergeSections(configs: readonly KubeconfigSections[]): KubeconfigSections {
  const merged = (
    pick: (config: KubeconfigSections) => ReadonlyMap<string, KubeconfigEntry>,
  ): Map<string, KubeconfigEntry> => {
    const entries = new Map<string, KubeconfigEntry>();
    for (const config of configs)
      for (const [name, entry] of pick(config)) if (!entries.has(name)) entries.set(name, entry);
    return entries;
  };
  return {
    files: configs.flatMap((config) => config.files),
    currentContext: configs.find((config) => config.currentContext !== undefined)?.currentContext,
    clusters: merged((config) => config.clusters),
    users: merged((config) => config.users),
    contexts: merged((config) => config.contexts),
    roots: configs.flatMap((config) => config.roots),
  };
}
