import {
  type Document,
  isMap,
  isSeq,
  parseDocument,
  type ScalarTag,
  type Tags,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { decodeText } from "./decode-text.ts";
import { invalidKubeconfig, isMap as isPlainMap, type PlainMap } from "./fields.ts";
import { jsonText } from "./json-text.ts";
import { writeOutAliases } from "./write-out-aliases.ts";

/** The three lists of a kubeconfig, and the field in which each keeps its entries. */
export const sections = { clusters: "cluster", users: "user", contexts: "context" } as const;
export type Section = keyof typeof sections;

/** One file that is being edited: what is not touched keeps its order, comments and unknown fields. */
export class KubeconfigDocument {
  readonly file: string;
  readonly #document: Document;
  readonly #isJson: boolean;
  readonly #indentSeq: boolean;
  /** How the first line ends, as Windows tools or others write it. */
  readonly #lineEnd: string;
  #changed = false;

  /** Reads it; without bytes it is a new one. @throws ConfigError when it is not a kubeconfig */
  constructor(file: string, bytes: Uint8Array | undefined) {
    const written = bytes === undefined ? "" : textOf(bytes, file);
    const text = written.replaceAll("\r\n", "\n");
    this.#lineEnd = /^[^\n]*\r\n/.test(written) ? "\r\n" : "\n";
    this.file = file;
    this.#isJson = /^\s*\{/.test(text) && isJson(text);
    // kubectl writes lists without indentation; what is there decides.
    this.#indentSeq = !/^(clusters|users|contexts):[ \t]*(#.*)?\n- /m.test(text) && text !== "";
    this.#document = parseDocument(text, {
      merge: true,
      prettyErrors: false,
      compat: "yaml-1.1",
      customTags: (tags) => tags.map(asWritten),
      logLevel: "error",
    });
    const [problem] = this.#document.errors;
    if (problem !== undefined)
      throw invalidKubeconfig(file, `not valid YAML, or more than one document (${problem.code})`);
    if (this.#document.contents === null) {
      this.#document.contents = this.#document.createNode({ apiVersion: "v1", kind: "Config" });
    }
    if (!isMap(this.#document.contents))
      throw invalidKubeconfig(file, "it must be a map with clusters, users and contexts");
    try {
      writeOutAliases(this.#document);
    } catch (error) {
      throw invalidKubeconfig(file, "its aliases (*) cannot be written out", error);
    }
  }

  get changed(): boolean {
    return this.#changed;
  }

  get currentContext(): string | undefined {
    const value = this.#document.get("current-context");
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  set currentContext(name: string | undefined) {
    if (name === this.currentContext) return;
    this.#document.set("current-context", name ?? "");
    this.#changed = true;
  }

  names(section: Section): readonly string[] {
    return (this.#list(section)?.items ?? []).flatMap((item) => {
      const name = isMap(item) ? item.get("name") : undefined;
      return typeof name === "string" ? [name] : [];
    });
  }

  /** Merges fields into an entry, which is added when there is none. Maps are merged, undefined removes a field. */
  merge(section: Section, name: string, fields: PlainMap): void {
    const field = sections[section];
    let entry = this.#list(section)?.items.find((item): item is YAMLMap => isMap(item) && item.get("name") === name);
    if (entry === undefined) {
      if (!isSeq(this.#document.get(section))) this.#document.set(section, this.#document.createNode([]));
      const list = this.#list(section);
      // An empty list may be written as [], in which a new entry would stand on one line.
      if (list !== undefined) list.flow = this.#isJson;
      entry = this.#document.createNode({ [field]: {}, name });
      list?.add(entry);
    }
    if (!isMap(entry.get(field))) entry.set(field, this.#document.createNode({}));
    const map = entry.get(field) as YAMLMap;
    if (map.items.length === 0) map.flow = this.#isJson;
    this.#mergeInto(map, fields);
    this.#changed = true;
  }

  /** Removes an entry; false when there is none. */
  remove(section: Section, name: string): boolean {
    const list = this.#list(section);
    const index = list?.items.findIndex((item) => isMap(item) && item.get("name") === name) ?? -1;
    if (list === undefined || index < 0) return false;
    list.items.splice(index, 1);
    this.#changed = true;
    return true;
  }

  toString(): string {
    const text = this.#isJson
      ? `${jsonText(this.#document.contents)}\n`
      : this.#document.toString({ lineWidth: 0, indentSeq: this.#indentSeq });
    return text.replaceAll("\n", this.#lineEnd);
  }

  #list(section: Section): YAMLSeq | undefined {
    const list = this.#document.get(section);
    return isSeq(list) ? list : undefined;
  }

  #mergeInto(map: YAMLMap, fields: PlainMap): void {
    for (const [key, value] of Object.entries(fields)) {
      const there = map.get(key);
      if (value === undefined) map.delete(key);
      else if (isPlainMap(value) && isMap(there)) this.#mergeInto(there, value);
      else map.set(key, typeof value === "object" ? this.#document.createNode(value) : value);
    }
  }
}

/**
 * Numbers and bare words that are not touched stay as they were written: large numbers, `0777`, and `yes`, which is a truth to kubectl
 * (YAML 1.1) and a text here (YAML 1.2).
 */
function asWritten<T extends Tags[number]>(tag: T): T {
  if (typeof tag !== "object" || !/:(int|float|str)$/.test(tag.tag) || !("stringify" in tag)) return tag;
  const { stringify } = tag as ScalarTag;
  const keep: ScalarTag["stringify"] = (item, ...context) => {
    const { source, type, value } = item;
    const same = source === value || (typeof value === "number" && Number(source) === value);
    if (same && type === "PLAIN" && /^[\w.+-]+$/.test(source ?? "")) return source as string;
    return stringify?.(item, ...context) ?? "";
  };
  return { ...tag, stringify: keep };
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    throw invalidKubeconfig(file, "it is not text in UTF-8 or UTF-16", error);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // A YAML flow map, then.
    return false;
  }
}
