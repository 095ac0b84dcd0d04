import type { KubernetesObject, Stored } from "@kubewright/core";

/** Any object as the server returns it. */
export type AnyObject = Stored<KubernetesObject>;
