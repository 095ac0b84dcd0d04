/** What is wanted of each object: what is not is left out while it is decoded. */
export interface Wanted {
  /** Whether `metadata.managedFields` stays, whatever `select` says of it. */
  readonly managedFields: boolean;
  /**
   * The fields that stay. `apiVersion`, `kind` and, of the metadata, `name`, `namespace`, `uid`, `resourceVersion`,
   * `creationTimestamp` and `deletionTimestamp` always do. Undefined: every field, also those that no type names.
   */
  readonly select: SelectMask | undefined;
  /** Whether objects are made small to be kept: equal strings of different objects share their memory. They are equal either way. */
  readonly shareStrings: boolean;
}

/**
 * Fields by name: `true` for all below, else the fields below; `{}` leaves the field with nothing below it. Lists pass through: a
 * mask of fields holds for each item. Where the object has a text, a number or null instead of fields, that stays.
 */
export interface SelectMask {
  readonly [field: string]: true | SelectMask;
}
