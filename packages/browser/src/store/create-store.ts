import {
  InputError,
  optionsOf,
  queryOf,
  type RulesFor,
  type SelectMaskOf,
  type ShownFields,
  shownAs,
  unsent,
  whatItIs,
} from "@kubewright/core";
import type { Cached, Informer } from "@kubewright/runtime";
import { Audience } from "./audience.ts";
import { nextFrame } from "./next-frame.ts";
import { type Held, type Named, type Snapshot, snapshotOf } from "./snapshot.ts";
import type { Store } from "./store.ts";

/** Options of {@link createStore}. */
export interface StoreOptions {
  /**
   * Calls what it is given once, later: listeners are then told of all that changed meanwhile, in one go. Default: before the next frame
   * is drawn, which a hidden page does not do; where nothing is drawn, as in Node, with the next turn of the event loop.
   */
  readonly schedule?: ((tell: () => void) => void) | undefined;
}

/**
 * Shows what an informer holds to a UI framework, as snapshots. However much changes, listeners are told once for each frame. Nothing needs
 * to be closed: without listeners the informer does not know of the store.
 *
 * @throws InputError for a wrong option
 * @example
 * const store = createStore(informer(pods));
 * store.subscribe(({ items, synced }) => console.log(synced ? items.length : "loading"));
 */
export function createStore<T, I extends string = never, S extends SelectMaskOf<T> | undefined = undefined>(
  informer: Informer<T, I, S>,
  options?: StoreOptions,
): Store<Snapshot<Cached<T, S>>> {
  const given = optionsOf(options);
  queryOf(storeRules, given);
  return storeOf(informer as unknown as Held, given) as Store<Snapshot<Cached<T, S>>>;
}

const storeRules: RulesFor<StoreOptions> = {
  schedule: unsent((value, field) => {
    if (typeof value !== "function") throw new InputError(field, `it must be a function, not ${whatItIs(value)}`);
  }),
};

function storeOf(informer: Held, { schedule = nextFrame }: StoreOptions): Store<Snapshot<Named>> {
  const audience = new Audience<Snapshot<Named>>();
  let snapshot: Snapshot<Named> | undefined;
  let due = false;
  let leave = (): void => {};

  const look = (): Snapshot<Named> => (snapshot = snapshotOf(informer, snapshot));
  const tell = (): void => {
    due = false;
    if (audience.size === 0) return;
    const before = snapshot;
    const now = look();
    if (now !== before) audience.tell(now);
  };
  const changed = (): void => {
    if (due) return;
    due = true;
    schedule(tell);
  };
  const shown = (): ShownFields => ({ state: informer.health.state, size: informer.size, listeners: audience.size });
  const store: Store<Snapshot<Named>> = {
    // Between two frames all listeners see the same, whatever has come meanwhile.
    getSnapshot: () => (snapshot === undefined || audience.size === 0 ? look() : snapshot),
    subscribe(listener) {
      if (audience.size === 0) leave = informer.onChange(changed);
      const end = audience.add(listener, store.getSnapshot());
      return () => {
        end();
        if (audience.size === 0) leave();
      };
    },
  };
  return shownAs(store, "Store", shown);
}
