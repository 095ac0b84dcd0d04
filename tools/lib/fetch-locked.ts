import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.ts";
import { inRoot } from "./root.ts";

/**
 * Installs what a folder's package-lock.json pins, once, into the ignored toolchain folder, and gives the path of its
 * node_modules. For what only some checks need: it is not part of the toolchain that every command fetches.
 */
export async function fetchLocked(source: string, name: string): Promise<string> {
  const lock = readFileSync(join(source, "package-lock.json"));
  const home = inRoot(".toolchain", `${name}-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
  const modules = join(home, "node_modules");
  if (existsSync(modules)) return modules;
  const staging = `${home}-${process.pid}`;
  mkdirSync(staging, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(source, file), join(staging, file));
  const { code, output } = await npm(
    ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--include=optional"],
    staging,
  );
  if (code !== 0) throw new Error(`what ${source} pins could not be fetched:\n${output}`);
  try {
    renameSync(staging, home);
  } catch (error) {
    // Another run was quicker.
    if (!existsSync(modules)) throw error;
    rmSync(staging, { recursive: true, force: true });
  }
  return modules;
}
