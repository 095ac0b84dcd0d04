import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject } from "../types/object.ts";
import { asSent } from "./as-sent.ts";
import { isDefinition } from "./definition-served.ts";

/** What calls for many objects take: a list of them, or what brings one, such as parseManifest. */
export type ManyObjects = Iterable<KubernetesObject> | PromiseLike<Iterable<KubernetesObject>>;

// What others stand on comes first, and must be there to stay; the rest keeps its order.
const ranks: readonly ((object: KubernetesObject) => boolean)[] = [
  ({ apiVersion, kind }) => kind === "Namespace" && apiVersion === "v1",
  isDefinition,
];

/** The rank of what nothing stands on. */
export const lastRank: number = ranks.length;

/** 0 for what comes first. */
export function rankOf(object: KubernetesObject): number {
  const index = ranks.findIndex((belongs) => belongs(object));
  return index === -1 ? lastRank : index;
}

/** The objects as they are at the call. @throws InputError for what is not a list of objects */
export async function objectsOf(objects: ManyObjects): Promise<KubernetesObject[]> {
  // Not awaited when it is there: its owner may change it from the next moment on.
  return listOf(isPromise(objects) ? await objects : objects);
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
