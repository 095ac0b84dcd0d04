import type { CustomResource, Namespaced } from "./capabilities.ts";
import type { KubernetesObject } from "./object.ts";

/** Any object: what discovery finds has no type of its own. */
export interface DynamicObject extends KubernetesObject {
  [field: string]: unknown;
}

/** A resource found by discovery; namespaced or not is known only when the program runs. */
export interface DynamicResource<T = DynamicObject> extends CustomResource<T>, Namespaced<CustomResource<T>> {}
