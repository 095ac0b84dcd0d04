import { DeleteAllError } from "../errors/delete-all-error.ts";
import { isNotFound } from "../errors/guards.ts";
import { InputError } from "../errors/input-error.ts";
import type { ObjectFailure } from "../errors/object-failures.ts";
import { optionsOf, queryOf } from "../request/query.ts";
import { deleteAllRules } from "../request/rules/write-rules.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { DeleteBaseOptions } from "../types/options.ts";
import type { DeleteResult } from "../types/results.ts";
import { defines } from "./definition-served.ts";
import { type ManyObjects, objectsOf } from "../manifest/many-objects.ts";
import { rankOf } from "./ranks.ts";
import { deleteObject } from "./object-verbs.ts";
import type { ObjectsContext } from "./objects-context.ts";

type Deleted = DeleteResult<Stored<KubernetesObject>>;

/**
 * Deletes the objects in the reverse order of applyAll: the last first, then CustomResourceDefinitions, then namespaces. What is not
 * there counts as deleted: the Status of its result says NotFound. Results come in the order given.
 */
export async function deleteAll(
  context: ObjectsContext,
  objects: ManyObjects,
  deleteOptions?: DeleteBaseOptions,
): Promise<Deleted[]> {
  const options = optionsOf(deleteOptions);
  queryOf(deleteAllRules, options);
  const given = await objectsOf(objects);
  const results = new Map<KubernetesObject, Deleted>();
  const failures: ObjectFailure[] = [];
  const inOrder = given.toReversed().toSorted((one, other) => rankOf(other) - rankOf(one));
  for (const object of inOrder) {
    try {
      results.set(object, await deleteOne(context, object, options));
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof InputError && given.some((other) => defines(other, object)))
        results.set(object, gone(object));
      else failures.push({ object, error });
    }
  }
  const deleted = given.flatMap((object) => results.get(object) ?? []);
  if (failures.length > 0) throw new DeleteAllError(deleted, failures);
  return deleted;
}

// With its definition, all objects of a kind are gone, and the kind is unknown.
function gone({ apiVersion, kind }: KubernetesObject): Deleted {
  const message = `the server has no ${kind} in ${apiVersion}`;
  return {
    done: true,
    status: { apiVersion: "v1", kind: "Status", status: "Failure", reason: "NotFound", message, code: 404 },
  };
}

async function deleteOne(
  context: ObjectsContext,
  object: KubernetesObject,
  options: DeleteBaseOptions,
): Promise<Deleted> {
  try {
    return await deleteObject(context, object, options);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return { done: true, status: error.status };
  }
}
