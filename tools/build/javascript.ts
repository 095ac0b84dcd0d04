import { cpSync, globSync } from "node:fs";
import { join } from "node:path";
import { build, type Options } from "tsup";
import { entriesOf, programsOf, sideEffectsOf, type Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";

/** Dependencies that exist as ES modules only. The CommonJS copy holds them itself: Jest's default mode cannot load them. */
const onlyModules = ["ky"];

/**
 * Writes a package's JavaScript into a folder, twice: .mjs are ES modules, one file per entry and shared code in chunks, and
 * beside each a .js that is CommonJS. Everything from node_modules is left as an import. Declarations come from tsc, because
 * tsup cannot make them with TypeScript 7.
 */
export async function buildJavaScript(pkg: Package, into: string): Promise<void> {
  const folder = inRoot(pkg.folder);
  const programs = programsOf(pkg);
  const effects = sideEffectsOf(pkg);
  const entries = [...entriesOf(pkg), ...programs, ...effects];
  await build({
    ...shared(folder, into),
    // The working directory has no say: paths are absolute, and the extension does not follow the package.json that is there.
    entry: Object.fromEntries(entries.map(({ output, source }) => [output, `${folder}/${source}`])),
    format: ["esm"],
    platform: "neutral",
    splitting: true,
    outExtension: () => ({ js: ".mjs" }),
    esbuildPlugins: [
      {
        name: "side effects stay files",
        setup({ onResolve }) {
          for (const { output } of effects) {
            onResolve({ filter: new RegExp(`^\\./${output}\\.ts$`) }, () => ({
              path: `./${output}.mjs`,
              external: true,
            }));
          }
        },
      },
    ],
  });
  await copyAsCommonJs(pkg, into, new Set(programs.map(({ output }) => `${output}.mjs`)));
}

/** Each file by itself, so that both copies are cut alike: what is one class in one is one in the other. */
async function copyAsCommonJs(pkg: Package, into: string, programs: ReadonlySet<string>): Promise<void> {
  const folder = inRoot(pkg.folder);
  const files = globSync("**/*.mjs", { cwd: into }).filter((file) => !programs.has(file.replaceAll("\\", "/")));
  const builtIn = onlyModules.filter((name) => pkg.manifest.dependencies?.[name] !== undefined);
  await build({
    ...shared(folder, into),
    entry: Object.fromEntries(files.map((file) => [file.replace(/\.mjs$/, ""), join(into, file)])),
    format: ["cjs"],
    platform: "node",
    splitting: false,
    noExternal: builtIn,
    outExtension: () => ({ js: ".js" }),
    plugins: [
      {
        name: "no paths of this machine",
        renderChunk: (code) => ({ code: code.replaceAll(/^\/\/ (?:\.\.|node_modules)\/.*\n/gm, "") }),
      },
    ],
    esbuildPlugins: [
      {
        name: "the copy beside it",
        setup({ onResolve }) {
          onResolve({ filter: /^\.{1,2}\/.*\.mjs$/ }, ({ path }) => ({
            path: path.replace(/\.mjs$/, ".js"),
            external: true,
          }));
        },
      },
    ],
    esbuildOptions(options) {
      settle(options, folder);
      options.nodePaths = [join(folder, "node_modules")];
      // import() becomes a require() when it is reached: Jest's default mode refuses import(), of CommonJS too.
      options.supported = { "dynamic-import": false };
    },
  });
  for (const name of builtIn) cpSync(join(folder, "node_modules", name, "license"), join(into, `${name}-license.txt`));
}

function shared(folder: string, into: string): Options {
  return {
    config: false,
    outDir: into,
    tsconfig: `${folder}/tsconfig.build.json`,
    target: "es2022",
    external: [/^node:/],
    skipNodeModulesBundle: true,
    treeshake: false,
    minify: false,
    sourcemap: false,
    dts: false,
    clean: false,
    silent: true,
    esbuildOptions: (options) => settle(options, folder),
  };
}

type EsbuildOptions = Parameters<NonNullable<Options["esbuildOptions"]>>[0];

function settle(options: EsbuildOptions, folder: string): void {
  // Names of chunks and comments in them come from paths below it.
  options.absWorkingDir = folder;
  // The error that is thrown holds the same text.
  options.logLevel = "silent";
}
