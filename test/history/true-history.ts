import { createHash } from "node:crypto";

/** An object as a server holds it, as far as its history is concerned. */
export interface TrueObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** One change of the collection. Its place in {@link TrueHistory.commits}, from 1 on, is the time after it. */
export type Commit =
  | { readonly type: "put"; readonly key: string; readonly resourceVersion: string; readonly object: TrueObject }
  /** `object` is the last state, with the version of the deletion. */
  | { readonly type: "delete"; readonly key: string; readonly resourceVersion: string; readonly object: TrueObject }
  /** The server was put back to the state it had at this version, which is not its newest. */
  | { readonly type: "restore"; readonly at: number; readonly resourceVersion: string };

/** A list that the server answered with its newest state. */
export interface QuorumList {
  readonly at: number;
  readonly resourceVersion: string;
}

/** What really happened to a collection, in order. */
export interface TrueHistory {
  readonly commits: readonly Commit[];
  readonly quorumLists: readonly QuorumList[];
  /** The next moment: what is told of in one run is ordered by it, whoever tells it. */
  tick(): number;
  put(object: TrueObject): void;
  /** `object` is the last state, with the version of the deletion, as a DELETED event holds it. */
  delete(object: TrueObject): void;
  restore(resourceVersion: string): void;
  quorumList(resourceVersion: string): void;
}

/** An empty history. */
export function trueHistory(): TrueHistory {
  const commits: Commit[] = [];
  const quorumLists: QuorumList[] = [];
  let now = 0;
  const tick = (): number => ++now;
  const commit = (type: "put" | "delete", object: TrueObject): void => {
    const { resourceVersion } = object.metadata;
    commits.push({ type, key: keyOf(object), resourceVersion, object });
  };
  return {
    commits,
    quorumLists,
    tick,
    put: (object) => commit("put", object),
    delete: (object) => commit("delete", object),
    restore: (resourceVersion) => void commits.push({ type: "restore", at: tick(), resourceVersion }),
    quorumList: (resourceVersion) => void quorumLists.push({ at: tick(), resourceVersion }),
  };
}

/** `namespace/name`, or the name alone. */
export function keyOf({ metadata: { namespace, name } }: TrueObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * Tells contents apart: all of an object but the order of its fields, its version (a deletion shows the last state with another one),
 * and managedFields, which caches leave out.
 */
export function contentHash(object: TrueObject): string {
  const { resourceVersion: _, managedFields: __, ...metadata } = object.metadata as Record<string, unknown>;
  return createHash("sha256")
    .update(canonical({ ...object, metadata }))
    .digest("base64url")
    .slice(0, 12);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Negative, 0 or positive, as version `a` is older than, the same as, or newer than `b`. */
export function compareVersions(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
