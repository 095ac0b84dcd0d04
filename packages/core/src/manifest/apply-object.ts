import { InputError } from "../errors/input-error.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { optionsOf, queryOf } from "../request/query.ts";
import { applyRules } from "../request/rules/write-rules.ts";
import type { ApplyOf } from "../types/apply.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";

/** Server-side apply of one object of any kind. */
export async function applyObject(
  cluster: Cluster,
  object: KubernetesObject,
  given?: ApplyOptions,
): Promise<Stored<KubernetesObject>> {
  const options = optionsOf(given);
  queryOf(applyRules, options);
  const { apiVersion, kind, metadata } = object;
  if (!apiVersion) throw new InputError("apiVersion", "a manifest needs it");
  if (!kind) throw new InputError("kind", "a manifest needs it");
  const found = await cluster.find<KubernetesObject>({ apiVersion, kind }, { signal: options.signal });
  const target = found.resource.namespaced ? found.in(metadata?.namespace || cluster.namespace) : found;
  return target.apply(object as object as ApplyOf<KubernetesObject>, options);
}
