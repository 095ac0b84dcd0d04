import type { SelectMask, Stored } from "@kubewright/core";

/** `T`, of which nothing may be changed, however deep. */
export type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** An object as an informer hands it out: everybody's own, so nobody changes it. `S` is the informer's `select`. */
export type Cached<T, S extends SelectMask | undefined = undefined> = S extends SelectMask
  ? DeepReadonly<Stored<T>>
  : DeepReadonly<Stored<T>>;
