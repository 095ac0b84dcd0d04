import { ApplyAllError } from "../errors/apply-all-error.ts";
import type { ObjectFailure } from "../errors/object-failures.ts";
import { optionsOf, queryOf } from "../request/query.ts";
import { applyRules } from "../request/rules/write-rules.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";
import { applyAgain } from "./apply-again.ts";
import { applyObject, warnIfGoing } from "./apply-object.ts";
import { definitionServed, isDefinition } from "./definition-served.ts";
import { type ManyObjects, objectsOf } from "../manifest/many-objects.ts";
import { lastRank, rankOf } from "./ranks.ts";
import type { ObjectsContext } from "./objects-context.ts";

/** Applies the objects in their order, but namespaces and CustomResourceDefinitions first. Results come in the order given. */
export async function applyAll(
  context: ObjectsContext,
  objects: ManyObjects,
  applyOptions?: ApplyOptions,
): Promise<Stored<KubernetesObject>[]> {
  const options = optionsOf(applyOptions);
  queryOf(applyRules, options);
  const { clock } = context;
  const { timeoutMs = context.timeoutMs, signal } = options;
  const given = await objectsOf(objects);
  const results = new Map<KubernetesObject, Stored<KubernetesObject>>();
  const failures: ObjectFailure[] = [];
  const fail = (object: KubernetesObject, error: unknown): void => {
    signal?.throwIfAborted();
    results.delete(object);
    failures.push({ object, error });
  };
  for (let stage = 0; stage <= lastRank; stage++) {
    const others = stage < lastRank && options.dryRun === undefined;
    const members = given.filter((object) => rankOf(object) === stage);
    for (const object of members) {
      try {
        let stored = await applyObject(context, object, options);
        if (others) stored = await applyAgain(context, object, stored, options, clock.now() + timeoutMs);
        else warnIfGoing(stored, context);
        results.set(object, stored);
      } catch (error) {
        fail(object, error);
      }
    }
    if (!others) continue;
    const until = clock.now() + timeoutMs;
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
