import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

/**
 * Builds a page, as its users would, but from the sources of the packages; gives the folder, which the caller removes. `mode` makes
 * builds that are told apart, `base` is the path below which they are served.
 */
export async function buildPage(root: string, mode = "production", base = "/"): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "kubewright-page-"));
  await build({
    root,
    base,
    mode,
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["kubewright-source", "module", "browser", "development|production"] },
    worker: { format: "es" },
    build: { outDir, emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 1000 },
  });
  return outDir;
}
