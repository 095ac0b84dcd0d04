// A registered symbol, as for errors: the codec may come from another copy of the library.
const brand = Symbol.for("kubewright.BeyondSchema");

/**
 * Thrown by a codec whose schema does not know something that it was asked to decode or encode: a field's number, a field, a kind.
 * What it would give is not the whole object, so it gives nothing. No caller sees it: the answer is asked for again as JSON, the
 * body is written as JSON.
 */
export class BeyondSchema extends Error {
  override readonly name: string = "BeyondSchema";
  /** What it does not know, as a part of a sentence: `field 47 of PodSpec`. Never a value. */
  readonly what: string;

  constructor(what: string) {
    super(`the schema does not know ${what}`);
    this.what = what;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** True for a {@link BeyondSchema}, also one from another installed copy. */
export function isBeyondSchema(error: unknown): error is BeyondSchema {
  return typeof error === "object" && error !== null && brand in error;
}
