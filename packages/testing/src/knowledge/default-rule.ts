/**
 * What a field that is missing comes to hold; where zero is the same as missing, for it too. All ways begin at the object that the
 * rule is about; `[]` stands for every item of a list, `{}` for every entry of a map. A rule does nothing where the object around
 * its field is missing.
 */
export interface DefaultRule {
  readonly set: readonly string[];
  readonly value?: unknown;
  /** Instead of a value: the way to the field whose value is copied, if it has one. */
  readonly copy?: readonly string[];
  /** Of a map, each missing entry is copied. */
  readonly fill?: boolean;
  /** All must hold. */
  readonly when?: readonly DefaultCondition[];
}

/** What a field must be, with its own default; exactly one of the last three is there. */
export interface DefaultCondition {
  readonly path: readonly string[];
  readonly in?: readonly unknown[];
  readonly notIn?: readonly unknown[];
  readonly present?: boolean;
}
