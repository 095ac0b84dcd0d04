import type { DeepReadonly } from "./deep-readonly.ts";
import type { projected } from "./marks.ts";
import type { Stored } from "./object.ts";
import type { FieldName, IndexKey, Leaf, Shape } from "./walk.ts";
import type { SelectMask } from "./wanted.ts";

/** Fields by name, and the keys of maps. */
type MaskOfFields<V, Left = never> = { readonly [K in keyof V as FieldName<K, Left>]?: true | MaskBelow<V[K]> } & {
  readonly [K in keyof V as IndexKey<K>]?: true | (unknown extends V[K] ? SelectMask : MaskBelow<V[K]>);
};

type MaskBelow<V> = V extends Leaf
  ? never
  : V extends readonly (infer I)[]
    ? I extends readonly unknown[]
      ? never
      : MaskBelow<I>
    : V extends object
      ? {
          fields: MaskOfFields<V>;
          map: MaskOfFields<V>;
          both: MaskOfFields<V>;
          leaf: never;
        }[Shape<V>]
      : never;

/**
 * A {@link SelectMask} for objects of the kind `T`: `true` for all below a field, else the fields below. Lists pass through; of maps, such
 * as labels, keys can be chosen. `managedFields` are an option of their own.
 */
export type SelectMaskOf<T> = MaskOfFields<T, "metadata"> & {
  /** Which metadata stay, beside what identifies the object. */
  readonly metadata?: true | MaskOfFields<Stored<T>["metadata"], "managedFields">;
};

/**
 * The mask `S`, if it names nothing that objects of the kind `T` do not have; what a type parameter that is inferred would let pass.
 */
export type SelectOf<T, S> = S & Within<S, SelectMaskOf<T>>;

type Within<S, M> = S extends true | undefined
  ? S
  : { readonly [K in keyof S]: K extends keyof M ? Within<S[K], Exclude<NonNullable<M[K]>, true>> : never };

/** What stays whatever the mask says. */
type Identity = Readonly<
  Record<"name" | "namespace" | "uid" | "resourceVersion" | "creationTimestamp" | "deletionTimestamp", true>
>;

/** Of a mask that is not known in full, nobody knows what it leaves. */
type Part<V, M> = [M] extends [true] ? DeepReadonly<V> : true extends M ? unknown : Below<V, M>;

type Below<V, M> = V extends Leaf
  ? V
  : V extends readonly (infer I)[]
    ? readonly Below<I, M>[]
    : V extends object
      ? Fields<V, M>
      : V;

type Fields<V, M> = string extends keyof V ? NamedFields<V, M> & OtherFields<V, M> : NamedFields<V, M>;

type NamedFields<V, M> = {
  readonly [K in keyof V as K extends keyof M ? FieldName<K> : never]: Part<V[K], M[K & keyof M]>;
};

/** Of a map, and of an object that may have any field beside the named ones. */
type OtherFields<V, M> = {
  readonly [K in Exclude<keyof M, keyof { [K in keyof V as FieldName<K>]: 1 }>]?: Part<V[string & keyof V], M[K]>;
};

type Metadata<V, S> = Fields<
  V,
  Identity & (S extends { readonly metadata: infer M } ? ([M] extends [true] ? AllOf<V> : M) : unknown)
> & {
  readonly [projected]: true;
};

type AllOf<V> = { readonly [K in keyof V as FieldName<K>]-?: true };

/**
 * What the mask `S` leaves of an object of the kind `T`, read-only however deep: `apiVersion`, `kind`, what identifies it, and the
 * chosen fields. It cannot be written: neither `update` nor `create`, `apply` or `modify` take it, for the server would take what is
 * missing for what shall go.
 */
export type Projected<T, S> = Fields<
  Stored<T>,
  Omit<S, "metadata"> & { readonly apiVersion: true; readonly kind: true }
> & {
  /** What identifies the object, and the chosen metadata. */
  readonly metadata: Metadata<Stored<T>["metadata"], S>;
};
