import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** A page that was built. */
export interface BuiltPage {
  /** Where its files are. */
  readonly folder: string;
  /** Removes them. */
  remove(): Promise<void>;
}

/** Builds the page into a folder of its own. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), "kubewright-dashboard-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await build({
      root: fileURLToPath(new URL("..", import.meta.url)),
      configFile: false,
      logLevel: "warn",
      resolve: {
        // In this repository the packages are used from their sources; without the condition, what is installed.
        conditions: ["kubewright-source", "module", "browser", "production"],
        // The SDK's hook for React serves Preact as well.
        alias: { react: fileURLToPath(new URL("../node_modules/preact/compat", import.meta.url)) },
      },
      worker: { format: "es" },
      oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: "es2022",
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        rolldownOptions: { checks: { pluginTimings: false } },
      },
    });
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
