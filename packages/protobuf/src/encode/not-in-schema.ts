import { BeyondSchema } from "@kubewright/core";

/** A {@link BeyondSchema} that knows where it is, for those who cannot write JSON instead. */
export class NotInSchema extends BeyondSchema {
  /** Where in the object, such as `.spec.replica`. */
  readonly at: string;
  /** The names of the fields that there are. */
  readonly known: readonly string[];

  constructor(what: string, at: string, known: readonly string[] = []) {
    super(what);
    this.at = at;
    this.known = known;
  }
}
