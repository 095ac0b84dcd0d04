import { InputError } from "../errors/input-error.ts";
import { anObject } from "../input/plain-object.ts";
import { whatItIs } from "../input/what-it-is.ts";
import { labelKeyProblem } from "../selectors/label-syntax.ts";
import { quote } from "../input/quote.ts";

/** An object whose finalizers can change. */
export interface Finalizable {
  /** Where the finalizers are. */
  metadata?: { finalizers?: string[] };
}

/** An object whose finalizers can be read. */
export interface Finalized {
  /** Where the finalizers are. */
  readonly metadata?: { readonly finalizers?: readonly string[] | undefined } | undefined;
}

/** True if the object, once deleted, stays until `finalizer` is removed. */
export function hasFinalizer(object: Finalized, finalizer: string): boolean {
  return anObject(object, "object").metadata?.finalizers?.includes(finalizer) ?? false;
}

/**
 * Adds `finalizer`, such as `example.com/cleanup`, to the object in place.
 * @returns false if it was there already, so that nothing need be written.
 * @throws InputError (field `finalizer`) if it is not a qualified name, which the API asks for (ValidateFinalizerName of
 * k8s.io/apimachinery pkg/api/validation).
 */
export function addFinalizer(object: Finalizable, finalizer: string): boolean {
  anObject(object, "object");
  if (typeof finalizer !== "string" || labelKeyProblem(finalizer) !== undefined) {
    throw new InputError(
      "finalizer",
      `${typeof finalizer === "string" ? quote(finalizer) : whatItIs(finalizer)} is not a qualified name; write one such as example.com/cleanup`,
    );
  }
  if (hasFinalizer(object, finalizer)) return false;
  object.metadata ??= {};
  object.metadata.finalizers = [...(object.metadata.finalizers ?? []), finalizer];
  return true;
}

/**
 * Removes `finalizer` from the object in place.
 * @returns false if it was not there, so that nothing need be written.
 */
export function removeFinalizer(object: Finalizable, finalizer: string): boolean {
  const finalizers = anObject(object, "object").metadata?.finalizers;
  if (object.metadata === undefined || !finalizers?.includes(finalizer)) return false;
  object.metadata.finalizers = finalizers.filter((name) => name !== finalizer);
  return true;
}
