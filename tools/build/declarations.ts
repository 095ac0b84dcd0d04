import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { tsc, type RunResult } from "../lib/run.ts";

/** Writes a package's declarations into a folder. Needs those of the packages it depends on, in their dist. */
export async function buildDeclarations(pkg: Package, into: string): Promise<RunResult> {
  const config = inRoot(pkg.folder, "tsconfig.build.json");
  const result = await tsc(["-p", config, "--outDir", into, "--pretty", "false"]);
  for (const file of globSync("**/*.d.ts", { cwd: into })) {
    const path = join(into, file);
    const text = readFileSync(path, "utf8");
    const rewritten = rewriteExtensions(text);
    if (rewritten !== text) writeFileSync(path, rewritten);
  }
  return result;
}

/** tsc rewrites ./x.ts to ./x.js in JavaScript, but leaves it in declarations. */
export function rewriteExtensions(text: string): string {
  return text.replaceAll(/(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(["'])(\.{1,2}\/[^"'\n]+)\.ts\2/g, "$1$2$3.js$2");
}
