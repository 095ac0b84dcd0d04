import { Refusal } from "../exchange/refusal.ts";
import { type Draft, draftOf, finished } from "../objects/draft.ts";
import { isOver } from "../objects/is-over.ts";
import type { ApiObject, OwnerReference } from "../store/api-object.ts";
import { deleteObject } from "../verbs/delete.ts";
import { writeByServer } from "../verbs/write-by-server.ts";
import type { Controller } from "./controller.ts";
import { OwnerGraph } from "./owner-graph.ts";
import { createWork } from "./work.ts";

const orphan = "orphan";
const foreground = "foregroundDeletion";

/**
 * Deletes what belongs to nobody any more, and does what deletions with `propagationPolicy` ask for, as k8s.io/kubernetes
 * pkg/controller/garbagecollector does.
 */
export const garbageCollector: Controller = (state) => {
  const graph = new OwnerGraph(state);

  const look = (uid: string): void => {
    const object = graph.object(uid);
    if (object === undefined) return;
    const { deletionTimestamp } = object.metadata;
    if (deletionTimestamp === undefined) collect(object);
    else if (hasFinalizer(object, orphan)) orphanDependents(object);
    else if (isWaiting(object)) deleteDependents(object);
  };
  const work = createWork(state.clock, look);

  const change = ({ metadata: { uid } }: ApiObject, make: (draft: Draft) => void): void => {
    const object = graph.object(uid);
    if (object === undefined) return;
    const { collection, key } = graph.place(uid);
    const draft = draftOf(object);
    make(draft);
    const changed = finished(draft);
    if (isOver(changed)) collection.delete(key, changed);
    else collection.set(key, changed);
  };

  const release = (object: ApiObject, finalizer: string): void =>
    change(object, ({ metadata }) => {
      const left = (metadata.finalizers ?? []).filter((name) => name !== finalizer);
      if (left.length === 0) delete metadata.finalizers;
      else metadata.finalizers = left;
    });

  const disown = (object: ApiObject, owners: readonly OwnerReference[]): void =>
    change(object, ({ metadata }) => {
      const left = (metadata.ownerReferences ?? []).filter(({ uid }) => !owners.some((owner) => owner.uid === uid));
      if (left.length === 0) delete metadata.ownerReferences;
      else metadata.ownerReferences = left;
    });

  const remove = (object: ApiObject, propagationPolicy: string): void => {
    const { uid, namespace } = object.metadata;
    const { group, plural } = graph.place(uid).resource;
    const parameters = {
      gracePeriodSeconds: undefined,
      propagationPolicy,
      orphanDependents: undefined,
      preconditions: undefined,
      dryRun: false,
    };
    try {
      deleteObject(object, parameters, writeByServer("delete", { group, plural, namespace }, state));
    } catch (error) {
      // What may not be deleted stays, as where the real one tries for ever.
      if (!(error instanceof Refusal)) throw error;
    }
  };

  /** attemptToDeleteItem */
  const collect = (object: ApiObject): void => {
    const { uid, ownerReferences = [] } = object.metadata;
    if (ownerReferences.length === 0) return;
    const waiting = ownerReferences.filter((owner) => isWaiting(graph.object(owner.uid)));
    const gone = ownerReferences.filter((owner) => graph.object(owner.uid) === undefined);
    if (waiting.length + gone.length < ownerReferences.length) {
      // References to others would hold those for ever.
      if (waiting.length + gone.length > 0) disown(object, [...waiting, ...gone]);
      return;
    }
    const dependents = graph.dependents(uid);
    if (waiting.length > 0 && dependents.length > 0) {
      if (dependents.some(isWaiting)) unblock(object);
      remove(graph.object(uid)!, "Foreground");
    } else
      remove(
        object,
        hasFinalizer(object, orphan) ? "Orphan" : hasFinalizer(object, foreground) ? "Foreground" : "Background",
      );
  };

  /** A circle of owners that wait for each other would never end. */
  const unblock = (object: ApiObject): void =>
    change(object, ({ metadata }) => {
      for (const owner of metadata.ownerReferences ?? [])
        if (owner["blockOwnerDeletion"] === true) owner["blockOwnerDeletion"] = false;
    });

  const orphanDependents = (object: ApiObject): void => {
    const { uid } = object.metadata;
    for (const one of graph.dependents(uid))
      disown(
        one,
        (one.metadata.ownerReferences ?? []).filter((owner) => owner.uid === uid),
      );
    release(object, orphan);
  };

  /** processDeletingDependentsItem */
  const deleteDependents = (object: ApiObject): void => {
    const { uid } = object.metadata;
    const dependents = graph.dependents(uid);
    for (const one of dependents) work.add(one.metadata.uid);
    if (!dependents.some((one) => blocks(one, uid))) release(object, foreground);
  };

  const stop = state.watchAll((event, store) => {
    const { before, after } = event;
    const { uid } = event.last.metadata;
    const dependents = after === undefined ? graph.dependents(uid) : [];
    graph.follow(event, store);
    for (const one of dependents) work.add(one.metadata.uid);
    if (after?.metadata.ownerReferences !== undefined || after?.metadata.deletionTimestamp !== undefined) work.add(uid);
    // An owner that waits may have waited for this.
    for (const owner of before?.metadata.ownerReferences ?? []) work.add(owner.uid);
  });
  return () => {
    stop();
    work.end();
  };
};

function hasFinalizer({ metadata: { finalizers = [] } }: ApiObject, name: string): boolean {
  return finalizers.includes(name);
}

/** Whether it is being deleted, after its dependents. */
function isWaiting(object: ApiObject | undefined): boolean {
  return object?.metadata.deletionTimestamp !== undefined && hasFinalizer(object, foreground);
}

function blocks({ metadata: { ownerReferences = [] } }: ApiObject, owner: string): boolean {
  return ownerReferences.some(({ uid, blockOwnerDeletion }) => uid === owner && blockOwnerDeletion === true);
}
