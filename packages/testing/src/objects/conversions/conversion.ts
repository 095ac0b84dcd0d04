/** The fields of an object, as JSON has them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Between a version and the one in which objects are kept; what is given stays as it is. apiVersion is not theirs to change. */
export interface Conversion {
  /** Whose defaults are filled in: those of the version that is sent, of the one that is kept, or by the conversion itself. Default `"sent"`. */
  readonly defaults?: "sent" | "kept" | "own";
  toKept(object: Fields): Fields;
  fromKept(object: Fields): Fields;
}
