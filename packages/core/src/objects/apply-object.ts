import { optionsOf, queryOf } from "../request/query.ts";
import { applyRules } from "../request/rules/write-rules.ts";
import type { ApplyOf } from "../types/apply.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";
import { type ObjectsContext, nameForMessages } from "./objects-context.ts";
import { onResourceOf } from "./resource-of.ts";

/** Server-side apply of one object of any kind. */
export async function applyObject(
  context: ObjectsContext,
  given: KubernetesObject,
  options?: ApplyOptions,
): Promise<Stored<KubernetesObject>> {
  queryOf(applyRules, optionsOf(options));
  return onResourceOf(context, "apply", given, options, ({ resource, object }, bound) =>
    resource.apply(object as object as ApplyOf<KubernetesObject>, bound),
  );
}

/** Says of what was applied onto an object that is being deleted, that it goes with it. kubectl warns of it as well. */
export function warnIfGoing(stored: Stored<KubernetesObject>, { warn }: ObjectsContext): void {
  if (stored.metadata.deletionTimestamp !== undefined)
    warn(`${nameForMessages(stored)} is being deleted, and what was applied to it goes with it`);
}
