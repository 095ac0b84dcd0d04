import { asSent } from "../codec/json/as-sent.ts";
import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject } from "../types/object.ts";

/** What calls for many objects take: a list of them, or what brings one, such as parseManifest. */
export type ManyObjects = Iterable<KubernetesObject> | PromiseLike<Iterable<KubernetesObject>>;

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
