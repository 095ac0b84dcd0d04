import type { DeepReadonly, Projected, Stored } from "@kubewright/core";

/** An object as an informer hands it out: everybody's, so nobody changes it. `S` is the type of the informer's `select`. */
export type Cached<T, S = undefined> = S extends undefined ? DeepReadonly<Stored<T>> : Projected<T, S>;
