import { ApplyAllError } from "../errors/apply-all-error.ts";
import { InputError } from "../errors/input-error.ts";
import { optionsOf, queryOf } from "../request/query.ts";
import { applyRules } from "../request/rules/write-rules.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";
import { applyAgain } from "./apply-again.ts";
import { applyObject, warnIfGoing } from "./apply-object.ts";
import { asSent } from "./as-sent.ts";
import { definitionServed, isDefinition } from "./definition-served.ts";
import type { ObjectsContext } from "./objects-context.ts";

// What others stand on comes first, and must be there to stay; the rest keeps its order.
const ranks: readonly ((object: KubernetesObject) => boolean)[] = [
  ({ apiVersion, kind }) => kind === "Namespace" && apiVersion === "v1",
  isDefinition,
];

/** Applies the objects in their order, but namespaces and CustomResourceDefinitions first. Results come in the order given. */
export async function applyAll(
  context: ObjectsContext,
  objects: Iterable<KubernetesObject> | PromiseLike<Iterable<KubernetesObject>>,
  applyOptions?: ApplyOptions,
): Promise<Stored<KubernetesObject>[]> {
  const options = optionsOf(applyOptions);
  queryOf(applyRules, options);
  const { timeoutMs = context.timeoutMs, signal } = options;
  // Not awaited when it is there: it is sent as it is at the call.
  const given = listOf(isPromise(objects) ? await objects : objects);
  const results = new Map<KubernetesObject, Stored<KubernetesObject>>();
  const failures: { object: KubernetesObject; error: unknown }[] = [];
  const fail = (object: KubernetesObject, error: unknown): void => {
    signal?.throwIfAborted();
    results.delete(object);
    failures.push({ object, error });
  };
  const rank = (object: KubernetesObject): number => {
    const index = ranks.findIndex((belongs) => belongs(object));
    return index === -1 ? ranks.length : index;
  };
  for (let stage = 0; stage <= ranks.length; stage++) {
    const others = stage < ranks.length && options.dryRun === undefined;
    const members = given.filter((object) => rank(object) === stage);
    for (const object of members) {
      try {
        let stored = await applyObject(context, object, options);
        if (others) stored = await applyAgain(context, object, stored, options, performance.now() + timeoutMs);
        else warnIfGoing(stored, context);
        results.set(object, stored);
      } catch (error) {
        fail(object, error);
      }
    }
    if (!others) continue;
    const until = performance.now() + timeoutMs;
    for (const object of members.filter(isDefinition)) {
      const stored = results.get(object);
      if (stored === undefined) continue;
      try {
        results.set(object, await definitionServed(context, object, stored, options, until));
      } catch (error) {
        fail(object, error);
      }
    }
  }
  const applied = given.flatMap((object) => results.get(object) ?? []);
  if (failures.length > 0) throw new ApplyAllError(applied, failures);
  return applied;
}

function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as Partial<PromiseLike<T>> | null | undefined)?.then === "function";
}

// Text would be taken letter by letter.
function listOf(objects: Iterable<KubernetesObject>): KubernetesObject[] {
  if (typeof objects !== "object" || objects === null || !(Symbol.iterator in objects))
    throw new InputError("objects", "it must be a list of objects; parseManifest makes one of YAML or JSON text");
  const list = [...objects];
  return list.map((object, index) => asSent(object, `objects[${index}]`));
}
