import { join } from "node:path";
import { fetchLocked } from "../lib/fetch-locked.ts";
import { inRoot } from "../lib/root.ts";
import { runNode } from "../lib/run.ts";

/** Runs a command of changesets and shows what it says; returns its exit code. */
export async function changesets(args: readonly string[]): Promise<number> {
  const modules = await fetchLocked(inRoot("tools", "publish", "versions"), "publish");
  const { code } = await runNode(join(modules, "@changesets", "cli", "bin.js"), args, { live: true });
  return code;
}
