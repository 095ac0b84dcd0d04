import { rmSync } from "node:fs";
import { copyDocs } from "../build/copy-docs.ts";
import { buildDeclarations } from "../build/declarations.ts";
import { intoDist } from "../build/into-dist.ts";
import { buildJavaScript } from "../build/javascript.ts";
import { entriesOf, missingSources, programsOf, publishedPackages, type Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { Checks, type Part, type PartResult } from "./part.ts";

/** dist of every published package: one check each for the JavaScript and the declarations. */
export const build: Part = {
  name: "build",
  budget: 40,
  async run(): Promise<PartResult> {
    const checks = new Checks();
    for (const pkg of publishedPackages()) {
      await buildPackage(pkg, checks);
      if (pkg.manifest.files?.includes("docs") === true) copyDocs(inRoot(pkg.folder, "docs"));
    }
    return checks.result;
  },
};

async function buildPackage(pkg: Package, checks: Checks): Promise<void> {
  const { name } = pkg.manifest;
  const entries = [...entriesOf(pkg), ...programsOf(pkg)];
  const missing = missingSources(pkg.folder, entries);
  if (entries.length === 0 || missing.length > 0) {
    rmSync(inRoot(pkg.folder, "dist"), { recursive: true, force: true });
    checks.fail(`build ${name}`, entries.length === 0 ? "no entry has a source" : `missing: ${missing.join(", ")}`);
    return;
  }
  const started = Date.now();
  const [javascript, declarations] = await intoDist(pkg, (folder) =>
    Promise.allSettled([buildJavaScript(pkg, folder), buildDeclarations(pkg, folder)]),
  );
  if (javascript.status === "fulfilled") checks.pass();
  else checks.fail(`JavaScript of ${name}`, String(javascript.reason));
  if (declarations.status === "fulfilled") checks.record(`declarations of ${name}`, declarations.value);
  else checks.fail(`declarations of ${name}`, String(declarations.reason));
  console.log(`${name}: ${entries.length} entries, ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
