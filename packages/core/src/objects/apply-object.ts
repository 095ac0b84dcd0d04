import { InputError } from "../errors/input-error.ts";
import { nameOf } from "../request/object-body.ts";
import { resourcePath } from "../request/path.ts";
import { optionsOf, queryOf } from "../request/query.ts";
import { applyRules } from "../request/rules/write-rules.ts";
import { startDeadline } from "../time/deadline.ts";
import type { ApplyOf } from "../types/apply.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";
import { type ObjectsContext, nameForMessages } from "./objects-context.ts";

/**
 * Server-side apply of one object of any kind. A namespace on an object that lives outside of them is dropped with a warning: kubectl
 * drops it too, and the API server clears it (k8s.io/apiserver pkg/registry/rest/create.go, BeforeCreate).
 */
export async function applyObject(
  context: ObjectsContext,
  object: KubernetesObject,
  given?: ApplyOptions,
): Promise<Stored<KubernetesObject>> {
  const options = optionsOf(given);
  queryOf(applyRules, options);
  const { apiVersion, kind, metadata } = object;
  if (!apiVersion) throw new InputError("apiVersion", "a manifest needs it");
  if (!kind) throw new InputError("kind", "a manifest needs it");
  const request = { verb: "apply", path: "/apis" };
  const deadline = startDeadline(options, context.timeoutMs, request);
  const bound = { ...options, signal: deadline.signal, timeoutMs: Infinity };
  try {
    const { cluster } = context;
    const found = await cluster.find<KubernetesObject>({ apiVersion, kind }, { signal: deadline.signal });
    const { resource } = found;
    const target = resource.namespaced ? found.in(metadata?.namespace || undefined) : found;
    const applied = resource.namespaced ? object : withoutNamespace(object, context);
    request.path = resourcePath(resource, target.namespace, nameOf(object));
    return await target.apply(applied as object as ApplyOf<KubernetesObject>, bound);
  } finally {
    deadline.end();
  }
}

function withoutNamespace(object: KubernetesObject, { warn }: ObjectsContext): KubernetesObject {
  const { namespace, ...metadata } = object.metadata ?? {};
  if (!namespace) return object;
  const name = nameForMessages({ ...object, metadata });
  warn(
    `${name}: metadata.namespace ${JSON.stringify(namespace)} is left out, since ${object.kind} lives outside namespaces`,
  );
  return { ...object, metadata };
}

/** Says of what was applied onto an object that is being deleted, that it goes with it. kubectl warns of it as well. */
export function warnIfGoing(stored: Stored<KubernetesObject>, { warn }: ObjectsContext): void {
  if (stored.metadata.deletionTimestamp !== undefined)
    warn(`${nameForMessages(stored)} is being deleted, and what was applied to it goes with it`);
}
