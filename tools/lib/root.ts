import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The top of the repository. */
export const root: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path below the top of the repository. */
export function inRoot(...parts: string[]): string {
  return join(root, ...parts);
}
