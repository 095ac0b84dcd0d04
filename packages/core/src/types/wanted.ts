/** What is wanted of each object: what is not is left out while it is decoded. */
export interface Wanted {
  /** Whether `metadata.managedFields` stays. */
  readonly managedFields: boolean;
  /**
   * The fields that stay, by name, `true` for all below; lists pass through item by item. `apiVersion`, `kind` and what identifies the
   * object (name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp) always stay. Undefined: every field.
   */
  readonly select: SelectMask | undefined;
  /** Whether equal strings of different objects share their memory. */
  readonly shareStrings: boolean;
}

/** Fields by name: `true` for all below, else the fields below. */
export interface SelectMask {
  readonly [field: string]: true | SelectMask;
}
