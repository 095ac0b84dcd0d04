/**
 * What a subscription is told, one event for each object however often it changed meanwhile.
 *
 * - `added`: the object is new to this subscription. `updated`: it is another than `previous`.
 * - `deleted`: it is gone; `object` is its final state as far as it is known.
 *
 * `previous` is what this subscription last saw. An object that came and went between two looks is not told; one that was replaced by
 * another of the same name is a `deleted` and an `added`.
 */
export type InformerEvent<T> =
  | { readonly type: "added"; readonly object: T; readonly previous: undefined }
  | { readonly type: "updated" | "deleted"; readonly object: T; readonly previous: T };

/** Which of the functions that an informer was given failed, and on what. */
export type InformerFailure<T> =
  /** The handler of a subscription threw or rejected; it goes on with the next event. */
  | { readonly in: "handler"; readonly event: InformerEvent<T> }
  /** The function of this index threw or gave no list of texts; the index leaves the object out. */
  | { readonly in: "index"; readonly index: string; readonly object: T };
