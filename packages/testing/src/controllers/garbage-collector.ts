import type { ApiObject } from "../store/api-object.ts";
import { draftOf, finished } from "../objects/draft.ts";
import { isOver } from "../objects/is-over.ts";
import { timeText } from "../objects/system-metadata.ts";
import type { ServerState } from "../state/server-state.ts";
import type { Collection } from "../store/collection.ts";
import type { Controller } from "./controller.ts";
import { createWork } from "./work.ts";

/** Where an object is. */
interface Place {
  readonly collection: Collection;
  readonly key: string;
}

const orphan = "orphan";
const foreground = "foregroundDeletion";

/**
 * Deletes what belongs to nobody any more, and does what deletions with `propagationPolicy` ask for
 * (https://kubernetes.io/docs/concepts/architecture/garbage-collection/).
 */
export const garbageCollector: Controller = (state: ServerState) => {
  const places = new Map<string, Place>();
  const dependents = new Map<string, Set<string>>();

  const objectOf = (uid: string): ApiObject | undefined => {
    const place = places.get(uid);
    const object = place?.collection.get(place.key);
    return object?.metadata.uid === uid ? object : undefined;
  };

  const look = (uid: string): void => {
    const object = objectOf(uid);
    if (object === undefined) {
      for (const dependent of dependents.get(uid) ?? []) work.add(dependent);
      return;
    }
    const finalizers = object.metadata.finalizers ?? [];
    const below = [...(dependents.get(uid) ?? [])].filter((one) => objectOf(one) !== undefined);
    if (object.metadata.deletionTimestamp !== undefined && finalizers.includes(orphan)) {
      for (const one of below) disown(one, uid);
      release(uid, orphan);
    } else if (object.metadata.deletionTimestamp !== undefined && finalizers.includes(foreground)) {
      const blocking = below.filter((one) => blocks(objectOf(one)!, uid));
      if (blocking.length === 0) release(uid, foreground);
      for (const one of below) remove(one, foreground);
    } else if (isLeft(object)) remove(uid, undefined);
  };
  const work = createWork(state.clock, look);

  /** Whether it had owners, and has none any more. */
  const isLeft = ({ metadata: { ownerReferences = [] } }: ApiObject): boolean =>
    ownerReferences.length > 0 && ownerReferences.every(({ uid }) => objectOf(uid) === undefined);

  const replace = (uid: string, change: (object: ApiObject) => ApiObject): void => {
    const place = places.get(uid);
    const object = objectOf(uid);
    if (place === undefined || object === undefined) return;
    const changed = change(object);
    if (isOver(changed)) place.collection.delete(place.key, changed);
    else place.collection.set(place.key, changed);
  };

  const release = (uid: string, finalizer: string): void => {
    replace(uid, (object) => {
      const draft = draftOf(object);
      const finalizers = (object.metadata.finalizers ?? []).filter((name) => name !== finalizer);
      if (finalizers.length === 0) delete draft.metadata.finalizers;
      else draft.metadata.finalizers = finalizers;
      return finished(draft);
    });
  };

  const disown = (uid: string, owner: string): void => {
    replace(uid, (object) => {
      const draft = draftOf(object);
      const others = (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== owner);
      if (others.length === 0) delete draft.metadata.ownerReferences;
      else draft.metadata.ownerReferences = others.map((reference) => ({ ...reference }));
      return finished(draft);
    });
  };

  const remove = (uid: string, finalizer: string | undefined): void => {
    const object = objectOf(uid);
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return;
    replace(uid, () => {
      const draft = draftOf(object);
      if (finalizer !== undefined && (dependents.get(uid)?.size ?? 0) > 0)
        draft.metadata.finalizers = [...(object.metadata.finalizers ?? []), finalizer];
      draft.metadata.deletionTimestamp = timeText(state.clock);
      draft.metadata.deletionGracePeriodSeconds = 0;
      return finished(draft);
    });
  };

  const stop = state.watchAll(({ key, before, after }, store) => {
    for (const { uid } of before?.metadata.ownerReferences ?? []) {
      if (after?.metadata.ownerReferences?.some((reference) => reference.uid === uid) !== true)
        dependents.get(uid)?.delete(before!.metadata.uid);
    }
    if (after !== undefined) {
      places.set(after.metadata.uid, { collection: state.collections.get(store)!, key });
      for (const { uid } of after.metadata.ownerReferences ?? []) {
        const known = dependents.get(uid) ?? new Set();
        dependents.set(uid, known.add(after.metadata.uid));
      }
      if (after.metadata.ownerReferences !== undefined || after.metadata.deletionTimestamp !== undefined)
        work.add(after.metadata.uid);
      return;
    }
    const { uid, ownerReferences = [] } = before!.metadata;
    places.delete(uid);
    work.add(uid);
    for (const owner of ownerReferences) work.add(owner.uid);
  });
  return () => {
    stop();
    work.end();
  };
};

function blocks({ metadata: { ownerReferences = [] } }: ApiObject, owner: string): boolean {
  return ownerReferences.some(({ uid, blockOwnerDeletion }) => uid === owner && blockOwnerDeletion === true);
}
