import type { DeepReadonly, Projected, SelectMask, Stored } from "@kubewright/core";

/** An object as an informer hands it out: everybody's, so nobody changes it. `S` is the type of the informer's `select`. */
export type Cached<T, S extends SelectMask | undefined = undefined> = S extends SelectMask
  ? Projected<T, S>
  : DeepReadonly<Stored<T>>;
