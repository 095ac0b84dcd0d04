/** The one number that grows with every write, as etcd's revision does. */
export interface Revisions {
  /** The one that the server began with: how things came to be so, nobody knows. */
  readonly first: number;
  /** That of the last write. */
  readonly current: number;
  /** That of the next write, which is the current one from now on. */
  next(): number;
}

/** A store's revisions. Those of a new cluster's first objects are not small either, and no test should know them. */
export function createRevisions(first = 1): Revisions {
  let current = first;
  return {
    first,
    get current() {
      return current;
    },
    next: () => (current += 1),
  };
}
