import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";

/** Runs a build into a folder of its own, which then takes the place of the package's dist: two builds at once give a whole one. */
export async function intoDist<T>(pkg: Package, build: (folder: string) => Promise<T>): Promise<T> {
  // Beside the links to dependencies, which nothing packs, checks or tracks either.
  const modules = inRoot(pkg.folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  const scratch = mkdtempSync(join(modules, ".dist-"));
  try {
    const result = await build(join(scratch, "new"));
    replace(inRoot(pkg.folder, "dist"), join(scratch, "new"), join(scratch, "old"));
    return result;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function replace(dist: string, made: string, former: string): void {
  for (;;) {
    try {
      renameSync(dist, former);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    try {
      renameSync(made, dist);
      return;
    } catch (error) {
      // Another build was faster, between the two.
      if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
      rmSync(former, { recursive: true, force: true });
    }
  }
}
