import { cpSync, globSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../lib/root.ts";

/** The pages of docs/ travel with what people install; `folder` holds nothing else afterwards. */
export function copyDocs(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const page of globSync("*.md", { cwd: inRoot("docs") })) cpSync(inRoot("docs", page), join(folder, page));
}
