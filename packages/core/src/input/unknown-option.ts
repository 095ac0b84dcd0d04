import { InputError } from "../errors/input-error.ts";
import { nearest } from "./nearest.ts";

/** The error for an option that does not exist. */
export function unknownOption(option: string, known: readonly string[]): InputError {
  const close = nearest(option, known);
  return new InputError(option, `there is no such option${close === undefined ? "" : `; did you mean ${close}?`}`);
}
