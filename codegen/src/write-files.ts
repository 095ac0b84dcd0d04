import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isWrittenByUs } from "./emit/print-module.ts";

/** How a folder differs from what should be there. */
export interface Drift {
  /** Files with another text. */
  readonly changed: readonly string[];
  /** Files that are not there. */
  readonly missing: readonly string[];
  /** Files that were generated once and would not be now. */
  readonly stale: readonly string[];
}

/** Compares `files` (by path below `top`) with the disk; in the `owned` folders, generated files are looked for. */
export function findDrift(top: string, files: ReadonlyMap<string, string>, owned: readonly string[]): Drift {
  const changed: string[] = [];
  const missing: string[] = [];
  for (const [path, text] of files) {
    const before = readIfThere(join(top, path));
    if (before === undefined) missing.push(path);
    else if (before !== text) changed.push(path);
  }
  const found = owned.flatMap((folder) =>
    list(join(top, folder)).map((path) => (folder === "." ? path : `${folder}/${path}`)),
  );
  // Somebody's own files may lie beside ours: only what bears our first line is ours to remove.
  const stale = found.filter((path) => !files.has(path) && isWrittenByUs(readIfThere(join(top, path)) ?? ""));
  return { changed, missing, stale: stale.toSorted() };
}

/** Writes what changed and removes what is stale, so that a second run touches nothing. */
export function writeFiles(top: string, files: ReadonlyMap<string, string>, { changed, missing, stale }: Drift): void {
  for (const path of [...changed, ...missing]) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), files.get(path) ?? "");
  }
  for (const path of stale) rmSync(join(top, path));
}

/** Prints each file that drifted, and the command that fixes it. True where there was any. */
export function reportDrift({ changed, missing, stale }: Drift, fix: string): boolean {
  for (const path of changed) console.error(`differs: ${path}`);
  for (const path of missing) console.error(`missing: ${path}`);
  for (const path of stale) console.error(`no longer generated: ${path}`);
  const count = changed.length + missing.length + stale.length;
  if (count > 0) console.error(`${count} generated file${count === 1 ? "" : "s"} out of date; ${fix} writes them`);
  return count > 0;
}

/** The text of a file; undefined where there is none. */
export function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function list(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|json)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
}
