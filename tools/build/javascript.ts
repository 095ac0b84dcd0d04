import { build } from "tsup";
import { entriesOf, programsOf, type Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";

/**
 * Writes a package's JavaScript into a folder: one file per entry, shared code in chunks, everything from
 * node_modules left as an import. Declarations come from tsc, because tsup cannot make them with TypeScript 7.
 */
export async function buildJavaScript(pkg: Package, into: string): Promise<void> {
  const entries = [...entriesOf(pkg), ...programsOf(pkg)];
  const folder = inRoot(pkg.folder);
  await build({
    config: false,
    // The working directory has no say: paths are absolute, and the extension does not follow the package.json that is there.
    entry: Object.fromEntries(entries.map(({ output, source }) => [output, `${folder}/${source}`])),
    outDir: into,
    outExtension: () => ({ js: ".js" }),
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
      // Names of chunks and comments in them come from paths below it.
      options.absWorkingDir = folder;
      // The error that is thrown holds the same text.
      options.logLevel = "silent";
    },
  });
}
