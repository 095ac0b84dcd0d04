import { quote } from "../input/quote.ts";
import { maxDepth } from "./manifest-document.ts";
import { resolveScalar, scalarKey, type Scalar } from "./yaml-scalar.ts";

/** What a node says: its JSON, how many maps and lists it has inside each other, and what it was. */
interface Meaning {
  readonly json: string;
  readonly height: number;
  /** Of text, a number and the like, which may be a key. */
  readonly scalar?: Scalar;
  /** What stands there, when no tag says what it means. */
  readonly text?: string;
  /** True for the key that merges. */
  readonly isMergeKey?: boolean;
  /** Of a map, which may be merged. */
  readonly entries?: ReadonlyMap<string, string>;
  /** Of a list, whose maps may be merged. */
  readonly items?: readonly (YamlNode | undefined)[];
}

/** A node of a document, as js-yaml is made to hand it around. */
export class YamlNode {
  /** Where the library began to look for it: before its tag and anchor, perhaps before white space. */
  readonly start: number;
  readonly meaning: Meaning;
  readonly #onKey: (key: YamlNode) => void;

  /** `onKey` is called when the node becomes a key, once its value, if there is one, was read. */
  constructor(start: number, meaning: Meaning, onKey: (key: YamlNode) => void) {
    this.start = start;
    this.meaning = meaning;
    this.#onKey = onKey;
  }

  // For an object with a name of its own the library calls toString() of a key when it stores the pair.
  get [Symbol.toStringTag](): string {
    return "YamlNode";
  }

  toString(): string {
    this.#onKey(this);
    return "";
  }
}

/** A key and its value; undefined is where nothing stands. */
export interface Pair {
  readonly key: YamlNode;
  readonly value: YamlNode | undefined;
}

/** Ends the reading with a problem of the node that begins at `start`. */
export type Fail = (start: number, problem: string) => never;

/** Text, with its full tag if it has one; `isPlain` tells that it stands without quotes. */
export function scalarMeaning(
  start: number,
  text: string,
  tag: string | undefined,
  isPlain: boolean,
  fail: Fail,
): Meaning {
  const scalar = resolveScalar(text, tag, isPlain);
  if (typeof scalar === "string") return fail(start, `the value ${scalar}`);
  const isMergeKey = text === "<<" && (isPlain || tag === "tag:yaml.org,2002:merge");
  return tag === undefined
    ? { json: scalar.json, height: 0, scalar, text, isMergeKey }
    : { json: scalar.json, height: 0, scalar, isMergeKey };
}

export function listMeaning(start: number, items: readonly (YamlNode | undefined)[], fail: Fail): Meaning {
  // Appended, not joined: joining would copy everything below once for every level.
  let json = "";
  let height = 0;
  for (const item of items) {
    json += (json && ",") + (item?.meaning.json ?? "null");
    if (item !== undefined) height = Math.max(height, item.meaning.height);
  }
  return { json: `[${json}]`, height: nested(start, height, fail), items };
}

// In the order of the text, as yaml v2 of Go has it: a merge key replaces what stands before it.
export function mapMeaning(start: number, pairs: readonly Pair[], fail: Fail): Meaning {
  const entries = new Map<string, string>();
  // What a merge brought may be there again, and stays where it is.
  let own: Map<string, unknown> | undefined;
  let json = "";
  let height = 0;
  for (const { key, value } of pairs) {
    const { scalar, text, isMergeKey } = key.meaning;
    if (isMergeKey) {
      own ??= new Map(entries);
      height = Math.max(height, merge(value ?? key, entries, fail));
      continue;
    }
    const name = scalar && (scalar.kind === "text" ? (text ?? scalarKey(scalar)) : scalarKey(scalar));
    if (name === undefined) return fail(key.start, "a key must be text, a number or a boolean");
    if ((own ?? entries).has(name)) fail(key.start, `the key ${quote(name)} is there twice in one map; remove one`);
    own?.set(name, undefined);
    entries.set(name, value?.meaning.json ?? "null");
    const quoted = scalar?.kind === "text" ? scalar.json : `"${name}"`;
    json += `${json && ","}${quoted}:${value?.meaning.json ?? "null"}`;
    if (value !== undefined) height = Math.max(height, value.meaning.height);
  }
  if (own !== undefined) {
    json = "";
    for (const [name, value] of entries) json += `${json && ","}${JSON.stringify(name)}:${value}`;
  }
  return { json: `{${json}}`, height: nested(start, height, fail), entries };
}

function merge(source: YamlNode, into: Map<string, string>, fail: Fail): number {
  let height = 0;
  // Of several the earlier wins, so the last goes first.
  for (const item of source.meaning.items?.toReversed() ?? [source]) {
    const { entries, height: below = 0 } = item?.meaning ?? {};
    if (entries === undefined) return fail((item ?? source).start, "only maps can be merged by '<<'");
    for (const [name, value] of entries) into.set(name, value);
    height = Math.max(height, below - 1);
  }
  return height;
}

function nested(start: number, height: number, fail: Fail): number {
  if (height >= maxDepth) fail(start, `more than ${maxDepth} maps and lists inside each other`);
  return height + 1;
}
