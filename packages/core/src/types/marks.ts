// What types say beyond their fields: marks that no value has.

/** Type-level key: what the server says of a kind beyond its fields. No value has it. */
export declare const served: unique symbol;

/**
 * A kind that lives in a namespace. `Present`: top-level fields that the server always sends, though they may be left out on
 * writing. `Filled`: the kind, extended by the fields that the server fills in wherever they are left out.
 */
export interface NamespacedObject<Present extends string = never, Filled = unknown> {
  readonly [served]?: { readonly scope: "Namespaced"; readonly present: Present; readonly filled: Filled };
}

/** A kind that lives outside namespaces. `Present` and `Filled` as in {@link NamespacedObject}. */
export interface ClusterObject<Present extends string = never, Filled = unknown> {
  readonly [served]?: { readonly scope: "Cluster"; readonly present: Present; readonly filled: Filled };
}

/** Type-level key: the fields that identify an item of a list that merges by key (`x-kubernetes-list-map-keys`). No value has it. */
export declare const mapKeys: unique symbol;

/** An item of a list that merges by `Keys`; server-side apply needs them in every item. */
export interface ListMapItem<Keys extends string> {
  readonly [mapKeys]?: Keys;
}

/** Type-level key: the mark of {@link NoFields}. No value has it. */
export declare const noFields: unique symbol;

// Without `object`, a type of optional fields alone takes no object that has none of them.
/**
 * An object that has no fields: its schema names none, so the server drops every one. Literals with fields do not compile; an
 * object of any other type fits, such as `ObjectMeta` where a custom resource embeds the metadata of a template without saying more.
 */
export type NoFields = object & { readonly [noFields]?: never };

/** Type-level key: the mark of objects that are not whole. No value has it. */
export declare const projected: unique symbol;

/** The metadata of a whole object; that of a {@link Projected} one is none, so that what is not whole cannot be written. */
export interface WholeMetadata {
  readonly [projected]?: never;
}

/** Type-level key: the kind that a client speaks of. No value has it. */
export declare const kind: unique symbol;
