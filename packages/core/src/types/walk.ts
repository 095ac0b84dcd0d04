// What types that walk through a kind have in common. Their mapped types go over `keyof V` itself and leave keys out by `as`:
// only so does each field keep the documentation that editors show.
import type { mapKeys, noFields, projected, served } from "./marks.ts";

/**
 * What is not walked into. An open enum's `string & {}` would pass for an object with the methods of String, and so would the
 * functions that a field of the name `toString` may hold.
 */
export type Leaf = string | number | boolean | null | undefined | {}["constructor"];

/** `K` if it is the name of a field, neither a mark, nor the key of an index signature, nor one of `Left`. */
export type FieldName<K, Left = never> = string extends K
  ? never
  : number extends K
    ? never
    : K extends typeof mapKeys | typeof noFields | typeof served | typeof projected | Left
      ? never
      : K;

/** `K` if it is the key of an index signature. */
export type IndexKey<K> = string extends K ? K : number extends K ? K : never;

/**
 * How an object is walked: as a `map` (an index signature alone), `fields`, `both` (fields and beside them anything else), or
 * not at all, as a `leaf`.
 */
export type Shape<V> = string extends keyof V
  ? keyof { [K in keyof V as FieldName<K>]: 1 } extends never
    ? "map"
    : "both"
  : typeof noFields extends keyof V
    ? "leaf"
    : "fields";
