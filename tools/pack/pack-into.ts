import { join } from "node:path";
import type { Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { run, type RunResult } from "../lib/run.ts";

/** Packs a built package as it would be published; `tarball` is the file it becomes. */
export async function packInto(folder: string, pkg: Package): Promise<RunResult & { readonly tarball: string }> {
  const { name, version } = pkg.manifest;
  const result = await run("pnpm", ["pack", "--pack-destination", folder], { cwd: inRoot(pkg.folder) });
  return { ...result, tarball: join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`) };
}
