import { Refusal } from "../exchange/refusal.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import { draftOf, finished, setAt, valueAt } from "../objects/draft.ts";
import { equalValues } from "../objects/equal-values.ts";
import { isOver } from "../objects/is-over.ts";
import { timeText } from "../objects/system-metadata.ts";
import { collectionOf } from "../state/collection-of.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { prefixOf } from "../store/key.ts";
import { deleteObject } from "../verbs/delete.ts";
import { writeByServer } from "../verbs/write-by-server.ts";
import type { Controller } from "./controller.ts";
import { type NamespaceRemains, namespaceConditions } from "./namespace-conditions.ts";
import { createWork } from "./work.ts";

const finalizer = "kubernetes";

const withGrace = {
  gracePeriodSeconds: undefined,
  propagationPolicy: "Background",
  orphanDependents: undefined,
  preconditions: undefined,
  dryRun: false,
} as const;

/**
 * Deletes what is in a namespace that is being deleted, says in its status what remains, and lets go of it when nothing does
 * (k8s.io/kubernetes pkg/controller/namespace/deletion).
 */
export const namespaceController: Controller = (state) => {
  const namespaces = collectionOf(state, "", "namespaces");
  const kept = keptResources(state.served.resources);
  const work = createWork(state.clock, (name: string) => {
    const namespace = namespaces.get(name);
    if (namespace?.metadata.deletionTimestamp === undefined || !finalizersOf(namespace).includes(finalizer)) return;
    const remains = empty(name, kept, state);
    const changed = namespaces.get(name);
    if (changed !== undefined) write(changed, remains, state);
  });
  const stop = state.watchAll(({ after, last }, store) => {
    if (store === "namespaces") {
      if (after?.metadata.deletionTimestamp !== undefined) work.add(last.metadata.name);
    } else if (last.metadata.namespace !== undefined && isTerminating(namespaces.get(last.metadata.namespace))) {
      work.add(last.metadata.namespace);
    }
  });
  return () => {
    stop();
    work.end();
  };
};

function isTerminating(namespace: ApiObject | undefined): boolean {
  return namespace?.metadata.deletionTimestamp !== undefined;
}

function finalizersOf(namespace: ApiObject): readonly string[] {
  return (valueAt(namespace, "spec.finalizers") ?? []) as readonly string[];
}

/** What can be in a namespace: each store once, in the version that is preferred. */
function keptResources(resources: readonly ResourceInfo[]): readonly ResourceInfo[] {
  const stores = new Map<string, ResourceInfo>();
  for (const resource of resources) {
    if (resource.namespaced && resource.store !== undefined && !stores.has(resource.store))
      stores.set(resource.store, resource);
  }
  return [...stores.values()];
}

/** Deletes what is there; tells what stays nevertheless. */
function empty(namespace: string, resources: readonly ResourceInfo[], state: ServerState): NamespaceRemains {
  const remains = {
    resources: new Map<string, number>(),
    finalizers: new Map<string, number>(),
    failures: [] as string[],
  };
  const page = { prefix: prefixOf(namespace), limit: 0, matches: () => true };
  for (const resource of resources) {
    const collection = state.collection(resource);
    const { group, plural } = resource;
    for (const object of collection.page(page).objects) {
      try {
        deleteObject(object, withGrace, writeByServer("delete", { group, plural, namespace }, state));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        remains.failures.push(error.message);
      }
    }
    const left = collection.page(page).objects;
    if (left.length > 0) remains.resources.set(`${plural}.${group}`, left.length);
    for (const name of left.flatMap(({ metadata }) => metadata.finalizers ?? []))
      remains.finalizers.set(name, (remains.finalizers.get(name) ?? 0) + 1);
  }
  return remains;
}

/** Says in the namespace what remains; without anything, it is let go. */
function write(namespace: ApiObject, remains: NamespaceRemains, state: ServerState): void {
  const namespaces = collectionOf(state, "", "namespaces");
  const { name } = namespace.metadata;
  const draft = draftOf(namespace);
  setAt(draft, "status.conditions", namespaceConditions(namespace, remains, timeText(state.clock)));
  const told = finished(draft);
  const current = equalValues(told, namespace) ? namespace : namespaces.set(name, told);
  if (remains.resources.size > 0 || remains.failures.length > 0) return;
  const freed = draftOf(current);
  const others = finalizersOf(current).filter((one) => one !== finalizer);
  setAt(freed, "spec", others.length === 0 ? {} : { finalizers: others });
  const object = finished(freed);
  if (others.length === 0 && isOver(object)) namespaces.delete(name, object);
  else namespaces.set(name, object);
}
