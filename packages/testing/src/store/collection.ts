import type { ApiObject } from "./api-object.ts";
import type { Revisions } from "./revisions.ts";
import { SortedKeys } from "./sorted-keys.ts";

/** What a write did: the states before and after it, of which one may be missing. */
export interface Change {
  readonly revision: number;
  readonly key: string;
  readonly before: ApiObject | undefined;
  readonly after: ApiObject | undefined;
  /** The state that a watch shows of a deletion: the last one, with the revision that deleted it. */
  readonly last: ApiObject;
}

/** A part of a collection as it was at one revision. */
export interface Page {
  readonly objects: readonly ApiObject[];
  readonly revision: number;
  /** The last key of the page when more is behind it, whether that matches or not. */
  readonly after: string | undefined;
  /** How many objects are behind it, whether they match or not. */
  readonly remaining: number;
}

/** Where a page begins, and how much it holds. */
export interface PageRequest {
  /** What the keys begin with: `""`, or a namespace and `/`. */
  readonly prefix: string;
  /** The first key that may stand in it. */
  readonly from?: string | undefined;
  /** At most so many objects that match; 0 for all. */
  readonly limit: number;
  readonly matches: (object: ApiObject) => boolean;
  /** As it was then; default: as it is. */
  readonly revision?: number | undefined;
}

/** What a collection may begin with. */
export interface CollectionParts {
  /** By key, as they were kept. */
  readonly objects?: Iterable<readonly [string, ApiObject]> | undefined;
  /** Hears of a change before it happens; if it throws, it does not. */
  readonly keep?: ((change: Change) => void) | undefined;
}

/** How many changes a collection remembers. */
const mostChanges = 10_000;

/**
 * The objects of one resource, by `namespace/name` or name, and their latest changes. What is handed in is never changed
 * afterwards; what is handed out must not be.
 */
export class Collection {
  readonly #revisions: Revisions;
  readonly #objects: Map<string, ApiObject>;
  readonly #keys = new SortedKeys();
  readonly #keep: (change: Change) => void;
  readonly #watchers = new Set<(change: Change) => void>();
  #changes: Change[] = [];
  /** What the watchers have yet to hear of, and whether they are told. */
  #untold: Change[] = [];
  #telling = false;
  #compacted: number;

  constructor(revisions: Revisions, { objects = [], keep = () => undefined }: CollectionParts = {}) {
    this.#revisions = revisions;
    this.#objects = new Map(objects);
    for (const key of this.#objects.keys()) this.#keys.add(key);
    this.#keep = keep;
    this.#compacted = revisions.first;
  }

  /** The revision up to which changes are forgotten: a watch may begin there, but not before. */
  get compacted(): number {
    return this.#compacted;
  }

  /** Every object, in no particular order. */
  entries(): Iterable<readonly [string, ApiObject]> {
    return this.#objects.entries();
  }

  get(key: string): ApiObject | undefined {
    return this.#objects.get(key);
  }

  /** Keeps an object, with the write's revision in its metadata; gives it as it is kept. */
  set(key: string, object: ApiObject): ApiObject {
    const before = this.#objects.get(key);
    const revision = this.#revisions.next();
    const after = atRevision(object, revision);
    const change = { revision, key, before, after, last: after };
    this.#keep(change);
    this.follow(change);
    return after;
  }

  /** Lets go of an object; gives its last state with the revision of the deletion. `last`: that state, if the deletion itself changed it. */
  delete(key: string, last?: ApiObject): ApiObject | undefined {
    const before = this.#objects.get(key);
    if (before === undefined) return undefined;
    const revision = this.#revisions.next();
    const gone = atRevision(last ?? before, revision);
    const change = { revision, key, before, after: undefined, last: gone };
    this.#keep(change);
    this.follow(change);
    return gone;
  }

  /** Makes a change that has its revision already, as a copy does with those of what it is a copy of. */
  follow(change: Change): void {
    const { key, after } = change;
    if (after === undefined) {
      this.#objects.delete(key);
      this.#keys.delete(key);
    } else {
      if (!this.#objects.has(key)) this.#keys.add(key);
      this.#objects.set(key, after);
    }
    this.#tell(change);
  }

  /** A collection with the same objects and history that goes ways of its own. */
  copy(revisions: Revisions): Collection {
    const copy = new Collection(revisions, { objects: this.#objects });
    copy.#changes = [...this.#changes];
    copy.#compacted = this.#compacted;
    return copy;
  }

  /** A page of the objects as they are, or as they were. The revision must not be compacted. */
  page({ prefix, from = "", limit, matches, revision }: PageRequest): Page {
    const at = revision ?? this.#revisions.current;
    const past = this.#statesAt(at);
    const objects: ApiObject[] = [];
    let last: string | undefined;
    let remaining = 0;
    for (const key of keysOf(this.#keys, past, prefix, from)) {
      const object = past.has(key) ? past.get(key) : this.#objects.get(key);
      if (object === undefined) continue;
      if (limit > 0 && objects.length === limit) {
        remaining += 1;
        continue;
      }
      if (!matches(object)) continue;
      objects.push(object);
      last = key;
    }
    return { objects, revision: at, after: remaining > 0 ? last : undefined, remaining };
  }

  /** The changes after a revision, oldest first. It must not be compacted. */
  changesAfter(revision: number): readonly Change[] {
    let start = this.#changes.length;
    while (start > 0 && this.#changes[start - 1]!.revision > revision) start -= 1;
    return this.#changes.slice(start);
  }

  /** Hears of every change from now on, within the write itself; gives what ends that. */
  watch(watcher: (change: Change) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Whether anybody hears of its changes. */
  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Forgets how it came to be as it was at a revision. */
  compact(revision: number): void {
    this.#compacted = Math.max(this.#compacted, revision);
    this.#changes = this.#changes.filter((change) => change.revision > this.#compacted);
  }

  #tell(change: Change): void {
    this.#changes.push(change);
    // By halves, for taking the first one out of a list moves all others.
    if (this.#changes.length >= 2 * mostChanges) {
      const forgotten = this.#changes.splice(0, this.#changes.length - mostChanges);
      this.#compacted = Math.max(this.#compacted, forgotten.at(-1)!.revision);
    }
    this.#untold.push(change);
    if (this.#telling) return;
    // A watcher may write here itself: all others hear first of what made it do so.
    this.#telling = true;
    try {
      for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift())
        for (const watcher of this.#watchers) watcher(next);
    } finally {
      this.#telling = false;
      this.#untold = [];
    }
  }

  /** The states, at a revision, of what changed since; undefined for what did not exist. */
  #statesAt(revision: number): ReadonlyMap<string, ApiObject | undefined> {
    const states = new Map<string, ApiObject | undefined>();
    for (const { key, before } of this.changesAfter(revision)) if (!states.has(key)) states.set(key, before);
    return states;
  }
}

/** The keys of the present and of the past, in order. */
function keysOf(
  present: SortedKeys,
  past: ReadonlyMap<string, ApiObject | undefined>,
  prefix: string,
  from: string,
): Iterable<string> {
  const gone = [...past.keys()].filter((key) => !present.has(key) && key.startsWith(prefix) && key >= from);
  if (gone.length === 0) return present.from(prefix, from);
  return [...present.from(prefix, from), ...gone].toSorted((a, b) => (a < b ? -1 : 1));
}

function atRevision(object: ApiObject, revision: number): ApiObject {
  const resourceVersion = String(revision);
  const { metadata } = object;
  if (metadata.resourceVersion !== undefined) return { ...object, metadata: { ...metadata, resourceVersion } };
  // Behind the uid, where Go prints it.
  const { name, generateName, namespace, uid, resourceVersion: _none, ...rest } = metadata;
  const first = {
    name,
    ...(generateName === undefined ? {} : { generateName }),
    ...(namespace === undefined ? {} : { namespace }),
  };
  return { ...object, metadata: { ...first, uid, resourceVersion, ...rest } };
}
