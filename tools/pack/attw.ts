import { entriesOf, type Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { runNode, type RunResult } from "../lib/run.ts";

/** Are the types wrong? Asks @arethetypeswrong/core, which `modules` holds, about a tarball. */
export function attw(modules: string, pkg: Package, tarball: string): Promise<RunResult> {
  // Entries of a pattern are alike.
  const entries = entriesOf(pkg).map(({ subpath }) => subpath);
  return runNode(inRoot("test", "toolchains", "drivers", "attw.mjs"), [modules, tarball, ...entries.slice(0, 8)]);
}
