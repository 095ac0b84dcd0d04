import { loadAll, type LoadOptions, Schema, Type } from "js-yaml";
import { maxDepth } from "./manifest-document.ts";
import { acceptSeparators, correct, type Place } from "./yaml-corrections.ts";
import type { LoaderState } from "./yaml-loader.ts";
import { listMeaning, mapMeaning, scalarMeaning, YamlNode, type Fail, type Pair } from "./yaml-node.ts";

// How many characters of JSON the aliases of one document may repeat. Etcd takes objects of 1.5 MiB.
const maxRepeated = 1024 * 1024;

// A Number holds every integer of so many characters, and JSON.parse reads every such number as it is.
const shortNumber = 15;

interface Frame extends Place {
  /** The node within that was read last, and what was stored as pairs. */
  last: YamlNode | undefined;
  pairs: Pair[];
}

/**
 * One document of YAML text as js-yaml finds its structure. The library is given no meaning for any tag; instead its listener
 * puts a {@link YamlNode} in the place of each value as soon as it was read, and what values mean is decided there. Anchors
 * stand before their aliases, so what an alias repeats is known.
 */
export class YamlTree {
  readonly #text: string;
  readonly #frames: Frame[] = [];
  readonly #anchors = new Map<string, YamlNode>();
  readonly #fail: Fail;
  /** Where characters stand that end a line to kubectl, but not to YAML 1.2 and editors. */
  readonly #separators: Set<number>;
  #depth = 0;
  #repeated = 0;

  /** Whether a number was read that a Number might not hold. */
  hasLongNumber = false;

  constructor(text: string, mayHoldSeparators: boolean, fail: Fail) {
    this.#text = text;
    this.#fail = fail;
    const separators = mayHoldSeparators ? text.matchAll(/[\x85\u2028\u2029]/g) : [];
    this.#separators = new Set(Array.from(separators, ({ index }) => index));
  }

  /** Where the innermost node begins that was being read when the library gave up. */
  get open(): number {
    return this.#frames[this.#depth]?.start ?? 0;
  }

  /** What the library makes of the text: one value for each document in it. */
  read(): unknown[] {
    return loadAll(this.#text, null, {
      schema: anyTag(),
      // Equal keys, merges and depth are looked at here.
      json: true,
      // A document is a node in a node where the library tries a map first.
      maxDepth: maxDepth + 3,
      maxTotalMergeKeys: -1,
      listener: (event: "open" | "close", state: unknown) => {
        if (event === "open") this.#opened(state as LoaderState);
        else this.#closed(state as LoaderState);
      },
    } as LoadOptions);
  }

  /** After reading: outside of quotes a line separator would be read in another way than by kubectl. */
  checkSeparators(): void {
    for (const place of this.#separators)
      this.#fail(place, "holds a line separator of Unicode; write \\N, \\L or \\P in double quotes");
  }

  #opened({ depth, position }: LoaderState): void {
    const frame = this.#frames[depth];
    this.#depth = depth;
    if (frame === undefined) {
      this.#frames[depth] = { start: position, isFlow: undefined, last: undefined, pairs: [] };
      return;
    }
    frame.start = position;
    frame.isFlow = undefined;
    frame.last = undefined;
    if (frame.pairs.length > 0) frame.pairs = [];
  }

  #closed(state: LoaderState): void {
    const { depth, anchor } = state;
    const frame = this.#frames[depth] as Frame;
    const parent = this.#frames[depth - 1];
    correct(state, frame, parent, this.#fail);
    if (this.#separators.size > 0) acceptSeparators(state, frame.start, this.#separators);
    const node = this.#nodeOf(state, frame);
    this.#depth = depth - 1;
    if (parent !== undefined) parent.last = node;
    if (node === undefined) return;
    if (anchor !== null) {
      // An anchor of this name within this node stands later in the text, so it is the one that counts.
      const known = this.#anchors.get(anchor);
      if (known === undefined || known.start <= frame.start) this.#anchors.set(anchor, node);
      state.anchorMap[anchor] = this.#anchors.get(anchor);
    }
    state.result = node;
  }

  #nodeOf({ kind, result, tag, anchor }: LoaderState, { start, last, pairs }: Frame): YamlNode | undefined {
    if (result instanceof YamlNode) {
      if (result !== last) return this.#repeat(start, result);
      return tag === null ? result : this.#retagged(start, result, tag);
    }
    switch (kind) {
      case "scalar":
        return this.#scalar(start, String(result), tag);
      case "sequence":
        return this.#node(start, listMeaning(start, this.#items(result as readonly unknown[], pairs), this.#fail));
      case "mapping":
        return this.#map(start, result as object, pairs);
      default:
        // A list or map that was not yet read to its end.
        if (result !== null) this.#fail(start, "the anchor of this alias holds itself");
        return tag === null && anchor === null ? undefined : this.#scalar(start, "", tag ?? "?");
    }
  }

  #node(start: number, meaning: YamlNode["meaning"]): YamlNode {
    return new YamlNode(start, meaning, this.#onKey);
  }

  #scalar(start: number, text: string, tag: string | null): YamlNode {
    const isPlain = tag === "?";
    const meaning = scalarMeaning(start, text, isPlain || tag === null ? undefined : tag, isPlain, this.#fail);
    if (meaning.json.length > shortNumber && meaning.scalar?.kind !== "text") this.hasLongNumber = true;
    return this.#node(start, meaning);
  }

  // The library reads plain text that begins a line as a node within the one that has the tag.
  #retagged(start: number, { meaning }: YamlNode, tag: string): YamlNode {
    if (meaning.scalar === undefined) return this.#node(start, meaning);
    if (meaning.text === undefined) this.#fail(start, "a value can have only one tag");
    return this.#scalar(start, meaning.text, tag);
  }

  #map(start: number, stored: object, pairs: readonly Pair[]): YamlNode {
    // All pairs are stored as "", but for one without a key.
    if (Object.hasOwn(stored, "null")) this.#fail(start, "a key must be text, a number or a boolean");
    return this.#node(start, mapMeaning(start, pairs, this.#fail));
  }

  /** Of a list like `[a, b: c]` the pairs are maps with one key. */
  #items(items: readonly unknown[], pairs: readonly Pair[]): (YamlNode | undefined)[] {
    let next = 0;
    return items.map((item) => {
      if (item === null || item instanceof YamlNode) return item ?? undefined;
      const pair = pairs[next++];
      return this.#map(pair?.key.start ?? 0, item as object, pair === undefined ? [] : [pair]);
    });
  }

  #repeat(start: number, { meaning }: YamlNode): YamlNode {
    this.#repeated += meaning.json.length;
    if (this.#repeated > maxRepeated)
      this.#fail(start, `up to this alias the aliases of the document repeat more than ${maxRepeated} characters`);
    // As kubectl has it, neither a key nor a list is merged through an alias.
    const { items: _items, isMergeKey: _isMergeKey, text: _text, ...copied } = meaning;
    return this.#node(start, copied);
  }

  readonly #onKey = (key: YamlNode): void => {
    const { last, pairs } = this.#frames[this.#depth] as Frame;
    const before = pairs.at(-1);
    // Where a `? key` has no value, the library stores it after it has read the next key.
    if (before?.value === key) pairs[pairs.length - 1] = { key: before.key, value: undefined };
    pairs.push({ key, value: last === key ? undefined : last });
  };
}

let schema: Schema | undefined;

/** A schema that takes every tag, and leaves all values alone. */
function anyTag(): Schema {
  const kinds = ["scalar", "sequence", "mapping"] as const;
  return (schema ??= new Schema({ explicit: kinds.map((kind) => new Type("", { kind, multi: true })) }));
}
