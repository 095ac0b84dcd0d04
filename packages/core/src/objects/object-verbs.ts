import { nameOf } from "../request/object-body.ts";
import { optionsOf, queryOf } from "../request/query.ts";
import { getRules } from "../request/rules/read-rules.ts";
import { deleteRules, updateRules, writeRules } from "../request/rules/write-rules.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { CreateOptions, DeleteOptions, GetOptions, PatchOptions, UpdateOptions } from "../types/options.ts";
import type { Patch } from "../types/patch.ts";
import type { DeleteResult } from "../types/results.ts";
import { asSent } from "../codec/json/as-sent.ts";
import type { ObjectsContext } from "./objects-context.ts";
import { onResourceOf } from "./resource-of.ts";

// Wrong options and names are told before discovery is asked.

export async function getObject(
  context: ObjectsContext,
  reference: KubernetesObject,
  options?: GetOptions,
): Promise<Stored<KubernetesObject>> {
  queryOf(getRules, optionsOf(options));
  const name = nameOf(reference);
  return onResourceOf(context, "get", reference, options, ({ resource }, bound) => resource.get(name, bound));
}

export async function createObject(
  context: ObjectsContext,
  given: KubernetesObject,
  options?: CreateOptions,
): Promise<Stored<KubernetesObject>> {
  queryOf(writeRules, optionsOf(options));
  return onResourceOf(context, "create", asSent(given, "object"), options, ({ resource, object }, bound) =>
    resource.create(object, bound),
  );
}

export async function updateObject(
  context: ObjectsContext,
  given: KubernetesObject,
  options?: UpdateOptions,
): Promise<Stored<KubernetesObject>> {
  queryOf(updateRules, optionsOf(options));
  nameOf(given);
  return onResourceOf(context, "update", asSent(given, "object"), options, ({ resource, object }, bound) =>
    resource.update(object, bound),
  );
}

export async function patchObject(
  context: ObjectsContext,
  reference: KubernetesObject,
  patch: Patch<KubernetesObject>,
  options?: PatchOptions,
): Promise<Stored<KubernetesObject>> {
  queryOf(writeRules, optionsOf(options));
  const name = nameOf(reference);
  const sent = asSent(patch, "patch");
  return onResourceOf(context, "patch", reference, options, ({ resource }, bound) => resource.patch(name, sent, bound));
}

export async function deleteObject(
  context: ObjectsContext,
  reference: KubernetesObject,
  options?: DeleteOptions,
): Promise<DeleteResult<Stored<KubernetesObject>>> {
  queryOf(deleteRules, optionsOf(options));
  const name = nameOf(reference);
  return onResourceOf(context, "delete", reference, options, ({ resource }, bound) => resource.delete(name, bound));
}
