import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { Change, Collection } from "../store/collection.ts";

/** Where an object is kept. */
interface Kept {
  readonly collection: Collection;
  readonly resource: ResourceInfo;
  readonly key: string;
}

/** Who belongs to whom, by uid. */
export class OwnerGraph {
  readonly #state: ServerState;
  readonly #places = new Map<string, Kept>();
  readonly #dependents = new Map<string, Set<string>>();
  readonly #resources: ReadonlyMap<string, ResourceInfo>;

  constructor(state: ServerState) {
    this.#state = state;
    // Of several versions the first one is preferred.
    const kept = state.served.resources.flatMap((one) => (one.store === undefined ? [] : [[one.store, one] as const]));
    this.#resources = new Map(kept.toReversed());
  }

  /** Takes a change into account. */
  follow({ key, before, after }: Change, store: string): void {
    const owners = after?.metadata.ownerReferences ?? [];
    for (const { uid } of before?.metadata.ownerReferences ?? [])
      if (!owners.some((owner) => owner.uid === uid)) this.#dependents.get(uid)?.delete(before!.metadata.uid);
    if (after === undefined) {
      this.#places.delete(before!.metadata.uid);
      return;
    }
    const { uid } = after.metadata;
    const collection = this.#state.collections.get(store)!;
    this.#places.set(uid, { collection, resource: this.#resources.get(store)!, key });
    for (const owner of owners) {
      const known = this.#dependents.get(owner.uid) ?? new Set();
      this.#dependents.set(owner.uid, known.add(uid));
    }
  }

  /** The object as it is; undefined for one that is gone or never was. */
  object(uid: string): ApiObject | undefined {
    const place = this.#places.get(uid);
    const object = place?.collection.get(place.key);
    return object?.metadata.uid === uid ? object : undefined;
  }

  /** Where an object is that exists. */
  place(uid: string): Kept {
    return this.#places.get(uid)!;
  }

  /** What names an object as its owner. */
  dependents(uid: string): readonly ApiObject[] {
    return [...(this.#dependents.get(uid) ?? [])].flatMap((one) => this.object(one) ?? []);
  }
}
