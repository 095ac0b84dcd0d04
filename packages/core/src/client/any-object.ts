import type { KubernetesObject, Stored } from "../types/object.ts";

/** Any object as the server returns it. */
export type AnyObject = Stored<KubernetesObject>;
