import type { Leaf } from "./walk.ts";

/** `T`, of which nothing may be changed, however deep. */
export type DeepReadonly<T> = T extends Leaf
  ? T
  : T extends object
    ? // Lists become readonly lists; marks stay as they are.
      { readonly [K in keyof T]: K extends symbol ? T[K] : DeepReadonly<T[K]> }
    : T;
