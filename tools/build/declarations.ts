import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { tsc, type RunResult } from "../lib/run.ts";

/** Writes a package's declarations into its dist. Needs those of the packages it depends on. */
export async function buildDeclarations(pkg: Package): Promise<RunResult> {
  const result = await tsc(["-p", join(pkg.folder, "tsconfig.build.json"), "--pretty", "false"]);
  for (const file of globSync("**/*.d.ts", { cwd: inRoot(pkg.folder, "dist") })) {
    const path = inRoot(pkg.folder, "dist", file);
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
