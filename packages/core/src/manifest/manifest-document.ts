import { InputError } from "../errors/input-error.ts";

/** One document of a manifest. */
export interface ManifestDocument {
  /** The document as JSON. */
  readonly json: string;
  /** Where it begins in the manifest's text. */
  readonly start: number;
  /** True when it holds no number that JSON.parse could change. */
  readonly isExact?: boolean;
}

/** How many objects and lists may lie inside each other: far more than any API needs, and safe for every stack. */
export const maxDepth: number = 500;

/** The number of the line that holds this place of the text, from 1. */
export function lineAt(text: string, place: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < place; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** An error of the manifest's text itself, with its line and column. */
export function manifestError(text: string, place: number, problem: string, cause?: unknown): InputError {
  const column = place - (place === 0 ? -1 : text.lastIndexOf("\n", place - 1));
  return new InputError("manifest", `line ${lineAt(text, place)}, column ${column}: ${problem}`, { cause });
}
