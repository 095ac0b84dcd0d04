import { Collection } from "../store/collection.ts";
import type { ServerState } from "./server-state.ts";

/** The state of a server that lags behind. */
export interface Replica {
  /** For reading: as everything was, until it catches up. */
  readonly state: ServerState;
  /** Takes over, in order, all that happened meanwhile; from then on it lags no more. */
  catchUp(): void;
}

/** A replica that hears nothing from now on. */
export function createReplica(state: ServerState): Replica {
  const { revisions } = state;
  const seen = { first: revisions.first, current: revisions.current, next: () => revisions.next() };
  const copies = new Map<string, Collection>();
  const missed: (() => void)[] = [];
  let isBehind = true;
  const copyOf = (store: string): Collection => {
    let copy = copies.get(store);
    if (copy === undefined) copies.set(store, (copy = new Collection(seen)));
    return copy;
  };
  const stop = state.watchAll((change, store) => {
    const follow = (): void => {
      seen.current = change.revision;
      copyOf(store).follow(change);
    };
    if (isBehind) missed.push(follow);
    else if ([...copies.values()].some((copy) => copy.isWatched)) follow();
    // Whoever reads now reads elsewhere, and the last watch has ended.
    else stop();
  });
  // What there is already, watchAll told; it is copied with its history.
  missed.length = 0;
  for (const [store, collection] of state.collections) copies.set(store, collection.copy(seen));
  return {
    state: { ...state, revisions: seen, collections: copies, collection: ({ store = "" }) => copyOf(store) },
    catchUp() {
      isBehind = false;
      for (const follow of missed.splice(0)) follow();
    },
  };
}
