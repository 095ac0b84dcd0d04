// What types say beyond their fields: marks that no value has.

/** Type-level key: what the server says of a kind beyond its fields. No value has it. */
export declare const served: unique symbol;

/** A kind that lives in a namespace. `Present`: top-level fields that the server always sends, though they may be left out on writing. */
export interface NamespacedObject<Present extends string = never> {
  readonly [served]?: { readonly scope: "Namespaced"; readonly present: Present };
}

/** A kind that lives outside namespaces. `Present` as in {@link NamespacedObject}. */
export interface ClusterObject<Present extends string = never> {
  readonly [served]?: { readonly scope: "Cluster"; readonly present: Present };
}

/** Type-level key: the fields that identify an item of a list that merges by key (`x-kubernetes-list-map-keys`). No value has it. */
export declare const mapKeys: unique symbol;

/** An item of a list that merges by `Keys`; server-side apply needs them in every item. */
export interface ListMapItem<Keys extends string> {
  readonly [mapKeys]?: Keys;
}
