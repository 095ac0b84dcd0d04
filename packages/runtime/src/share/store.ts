import type { KubernetesObject, Stored } from "@kubewright/core";
import { byVersion, isOlder, isUpTo } from "../watch/versions.ts";
import { type Deletion, type Held, heldOf, type Hold } from "./held.ts";

/** How many deletions are remembered: of which only that much is known, and with final states. */
const deletionsKept = 10_000;
const finalStatesKept = 1000;

/** Is told what changes in a store, which already shows it. */
export interface StoreObserver<V> {
  /** As {@link Consumer.change}. */
  change(before: Held<V> | undefined, after: Held<V> | undefined, last: Held<V> | undefined): void;
  /** An object was deleted that it did not hold: whoever knows more than it told may know that object. */
  missed(deletion: Deletion<V>): void;
}

/** The newest state of each object of a collection, and what was deleted from it. */
export interface Store<V> {
  /** By key. A collection that comes anew puts another map in its place. */
  readonly entries: ReadonlyMap<string, Held<V>>;
  /** Up to here all is known; undefined before the collection was read once. */
  readonly version: string | undefined;
  /** The collection comes anew: what is told from here on stands aside until `replace`. */
  begin(): void;
  /** An object was created or changed. What is no news is left out. */
  apply(object: Stored<KubernetesObject>): void;
  /** An object is gone. */
  delete(object: Stored<KubernetesObject>): void;
  /** All there is at this version has come. Tells what is different from before. */
  replace(version: string): void;
  /** There is nothing any more. Tells so of each object. */
  clear(): void;
  /** All is known up to this version. */
  progress(version: string): void;
  /** Of what was deleted up to this version, nothing can be told, not even to who knows all up to this very version. */
  forget(version: string): void;
  /** What happened after a version, oldest first; undefined where that is not known. */
  since(version: string): readonly (Held<V> | Deletion<V>)[] | undefined;
}

/** Makes a store without content. */
export function createStore<V>(hold: Hold<V>, observer: StoreObserver<V>): Store<V> {
  const most = hold.finalStates === true ? finalStatesKept : deletionsKept;
  let entries = new Map<string, Held<V>>();
  /** What a collection that comes anew has brought so far. */
  let aside: Map<string, Held<V>> | undefined;
  let version: string | undefined;
  /** A ring: once it is full, `oldest` is where the next one goes. */
  let deletions: Deletion<V>[] = [];
  let oldest = 0;
  /** What happened up to this version may be forgotten; `floorIsUnsure`: who knows this very version may lack a deletion, too. */
  let floor: string | undefined;
  let floorIsUnsure = false;

  function deletionOf({ key, uid, resourceVersion, value }: Held<V>): Deletion<V> {
    return { key, uid, resourceVersion, last: hold.finalStates === true ? value : undefined };
  }

  function remember(deletion: Deletion<V>): void {
    if (deletions.length < most) {
      deletions.push(deletion);
      return;
    }
    const forgotten = deletions[oldest]?.resourceVersion ?? "";
    if (isOlder(floor ?? "", forgotten)) {
      floor = forgotten;
      floorIsUnsure = false;
    }
    deletions[oldest] = deletion;
    oldest = (oldest + 1) % most;
  }

  function forget(newFloor: string): void {
    if (floor !== undefined && isOlder(newFloor, floor)) return;
    floor = newFloor;
    floorIsUnsure = true;
    deletions = [];
    oldest = 0;
  }

  /** The instance that stands for this state. */
  function instance(came: Held<V>): Held<V> {
    const before = entries.get(came.key);
    return before?.uid === came.uid &&
      before.resourceVersion === came.resourceVersion &&
      hold.same(before.value, came.value)
      ? before
      : came;
  }

  return {
    get entries() {
      return entries;
    },
    get version() {
      return version;
    },
    begin() {
      aside = new Map();
    },
    apply(object) {
      const came = heldOf(object, hold);
      const before = (aside ?? entries).get(came.key);
      if (before !== undefined && isUpTo(came.resourceVersion, before.resourceVersion)) return;
      if (aside !== undefined) {
        aside.set(came.key, instance(came));
        return;
      }
      entries.set(came.key, came);
      const another = before !== undefined && before.uid !== came.uid;
      if (another) {
        const gone = { ...before, resourceVersion: came.resourceVersion };
        remember(deletionOf(gone));
        observer.change(before, undefined, gone);
      }
      observer.change(another ? undefined : before, came, undefined);
    },
    delete(object) {
      const last = heldOf(object, hold);
      const before = (aside ?? entries).get(last.key);
      // Of an object that had the name before, unless it is what had it later: then the one that is held went unnoticed.
      const stale =
        before !== undefined && before.uid !== last.uid && !isOlder(before.resourceVersion, last.resourceVersion);
      if (stale) return;
      (aside ?? entries).delete(last.key);
      if (aside !== undefined) return;
      const gone =
        before === undefined || before.uid === last.uid ? last : { ...before, resourceVersion: last.resourceVersion };
      // It comes late: whoever knew all up to here did not know of it.
      if (version !== undefined && isUpTo(gone.resourceVersion, version)) forget(version);
      else remember(deletionOf(gone));
      if (before === undefined) observer.missed(deletionOf(gone));
      else observer.change(before, undefined, gone);
    },
    replace(newVersion) {
      const old = entries;
      entries = aside ?? new Map();
      aside = undefined;
      version = floor = newVersion;
      floorIsUnsure = false;
      deletions = [];
      oldest = 0;
      for (const [key, before] of old) {
        if (entries.get(key)?.uid !== before.uid) observer.change(before, undefined, before);
      }
      for (const [key, after] of entries) {
        const before = old.get(key);
        if (before !== after) observer.change(before?.uid === after.uid ? before : undefined, after, undefined);
      }
    },
    clear() {
      const old = entries;
      entries = new Map();
      aside = undefined;
      for (const before of old.values()) observer.change(before, undefined, before);
    },
    progress(newVersion) {
      version = newVersion;
    },
    forget,
    since(from) {
      // What is no number is neither older nor newer, and `isUpTo` itself.
      const known =
        (floorIsUnsure ? isOlder : isUpTo)(floor ?? "", from) && version !== undefined && isUpTo(version, version);
      if (!known) return undefined;
      const newer: (Held<V> | Deletion<V>)[] = [];
      for (const deletion of deletions) if (!isUpTo(deletion.resourceVersion, from)) newer.push(deletion);
      for (const held of entries.values()) if (!isUpTo(held.resourceVersion, from)) newer.push(held);
      return newer.toSorted(byVersion);
    },
  };
}
