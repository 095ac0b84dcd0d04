import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The files that differ from what should be there: changed, missing, or left over in one of the generated folders. */
export interface Drift {
  readonly changed: readonly string[];
  readonly stale: readonly string[];
}

/** Compares `files` (by path below `folder`) with the disk. Everything below `owned` folders counts as ours. */
export function findDrift(folder: string, files: ReadonlyMap<string, string>, owned: readonly string[]): Drift {
  const changed = [...files].filter(([path, text]) => read(join(folder, path)) !== text).map(([path]) => path);
  const stale = owned.flatMap((own) =>
    list(join(folder, own))
      .map((path) => (own === "." ? path : `${own}/${path}`))
      .filter((path) => !files.has(path)),
  );
  return { changed, stale: stale.toSorted() };
}

/** Writes what changed and removes what is stale, so that a second run touches nothing. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>, { changed, stale }: Drift): void {
  for (const path of changed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), files.get(path)!);
  }
  for (const path of stale) rmSync(join(folder, path));
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function list(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
}
