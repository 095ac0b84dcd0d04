import { build } from "tsup";
import { entriesOf, programsOf, type Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";

/**
 * Writes a package's JavaScript into its dist: one file per entry, shared code in chunks, everything from
 * node_modules left as an import. Declarations come from tsc, because tsup cannot make them with TypeScript 7.
 */
export async function buildJavaScript(pkg: Package): Promise<void> {
  const entries = [...entriesOf(pkg), ...programsOf(pkg)];
  const folder = inRoot(pkg.folder);
  await build({
    config: false,
    // Absolute entries, because tsup resolves relative ones against the working directory.
    entry: Object.fromEntries(entries.map(({ output, source }) => [output, `${folder}/${source}`])),
    outDir: `${folder}/dist`,
    tsconfig: `${folder}/tsconfig.build.json`,
    format: ["esm"],
    target: "es2022",
    platform: "neutral",
    external: [/^node:/],
    skipNodeModulesBundle: true,
    splitting: true,
    treeshake: false,
    minify: false,
    sourcemap: false,
    dts: false,
    clean: false,
    silent: true,
    esbuildOptions(options) {
      // The error that is thrown holds the same text.
      options.logLevel = "silent";
    },
  });
}
