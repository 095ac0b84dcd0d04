import { globSync, readFileSync } from "node:fs";
import { inRoot, root } from "../lib/root.ts";

/** A page of the documentation. */
export interface Page {
  /** Relative to the top, such as docs/errors.md. */
  readonly path: string;
  readonly text: string;
}

/** Every page that shows users code: docs/, the README, and what npm shows of each package. */
export function readPages(): readonly Page[] {
  const patterns = ["README.md", "docs/**/*.md", "packages/*/README.md", "codegen/README.md"];
  return globSync(patterns, { cwd: root, exclude: ["docs/reference/**"] })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(inRoot(path), "utf8") }));
}
