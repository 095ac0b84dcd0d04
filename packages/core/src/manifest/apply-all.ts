import { InputError } from "../errors/input-error.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { pause } from "../time/pause.ts";
import { ApplyAllError } from "../errors/apply-all-error.ts";
import type { ApiGroup } from "../discovery/api-resource.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import type { ApplyOptions } from "../types/options.ts";
import { asSent } from "./as-sent.ts";
import { applyObject } from "./apply-object.ts";

// What others stand on comes first; the rest keeps its order.
const ranks: readonly ((object: KubernetesObject) => boolean)[] = [
  (object) => object.kind === "Namespace",
  (object) => object.kind === "CustomResourceDefinition",
];

/** Applies the objects in their order, but namespaces and CustomResourceDefinitions first. Results come in the order given. */
export async function applyAll(
  cluster: Cluster,
  objects: Iterable<KubernetesObject> | PromiseLike<Iterable<KubernetesObject>>,
  options: ApplyOptions = {},
): Promise<Stored<KubernetesObject>[]> {
  // Not awaited when it is there: it is sent as it is at the call.
  const given = listOf(isPromise(objects) ? await objects : objects);
  const results = new Map<KubernetesObject, Stored<KubernetesObject>>();
  const failures: { object: KubernetesObject; error: unknown }[] = [];
  const rank = (object: KubernetesObject): number => {
    const index = ranks.findIndex((belongs) => belongs(object));
    return index === -1 ? ranks.length : index;
  };
  const applyOne = async (object: KubernetesObject): Promise<void> => {
    try {
      results.set(object, await applyObject(cluster, object, options));
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push({ object, error });
    }
  };
  for (let stage = 0; stage <= ranks.length; stage++) {
    const members = given.filter((object) => rank(object) === stage);
    for (const object of members) await applyOne(object);
    const definitions = members.filter((object) => object.kind === "CustomResourceDefinition" && results.has(object));
    if (options.dryRun !== undefined) continue;
    for (const object of definitions) await served(cluster, object, options, failures, results);
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

interface Definition extends KubernetesObject {
  spec?: { group?: string; names?: { kind?: string }; versions?: readonly { name: string; served?: boolean }[] };
}

// A new custom resource is served a moment after its definition is stored: discovery says when.
async function served(
  cluster: Cluster,
  definition: Definition,
  options: ApplyOptions,
  failures: { object: KubernetesObject; error: unknown }[],
  results: Map<KubernetesObject, Stored<KubernetesObject>>,
): Promise<void> {
  const { group = "", names, versions = [] } = definition.spec ?? {};
  const wanted = versions.filter((version) => version.served !== false).map(({ name }) => name);
  const timeoutMs = options.timeoutMs ?? 60_000;
  const until = performance.now() + timeoutMs;
  const fail = (error: unknown): void => {
    results.delete(definition);
    failures.push({ object: definition, error });
  };
  for (;;) {
    cluster.discovery.refresh();
    let groups: readonly ApiGroup[];
    try {
      groups = await cluster.discovery.groups({ signal: options.signal });
    } catch (error) {
      options.signal?.throwIfAborted();
      return fail(error);
    }
    const there = groups.find(({ name }) => name === group)?.versions ?? [];
    const missing = wanted.filter(
      (name) =>
        !there.some(({ version, resources }) => version === name && resources.some(({ kind }) => kind === names?.kind)),
    );
    if (missing.length === 0) return;
    if (performance.now() > until) return fail(new TimeoutError(timeoutMs));
    await pause(100, options.signal);
  }
}
