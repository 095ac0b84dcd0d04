/** The fields of an object, as JSON has them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Between a version and the one in which objects are kept, defaults included; what is given stays as it is. apiVersion is not theirs to change. */
export interface Conversion {
  toKept(object: Fields): Fields;
  fromKept(object: Fields): Fields;
}
