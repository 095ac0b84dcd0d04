import { cpSync, globSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { build, type Options } from "tsup";
import { entriesOf, programsOf, sideEffectsOf, type Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { importRequired, leftOut, partsOf, requiredModules } from "./esbuild-plugins.ts";

/** Dependencies that exist as ES modules only. The CommonJS copy holds them itself: Jest's default mode cannot load them. */
const onlyModules = ["ky", "eventsource-parser"];

/** A dependency that a package holds in both copies. */
interface BuiltIn {
  readonly name: string;
  /** What stands for its entry, from its folder on. */
  readonly entry?: string;
  /** Instead of an entry: what is used of it, and the file of each, which exports nothing else. */
  readonly parts?: Readonly<Record<string, string>>;
  /** What it loads if it is there, and takes an empty module for. */
  readonly without?: readonly string[];
  /** What it tries to load, and does without where that fails. */
  readonly missing?: readonly string[];
}

const builtIn: Readonly<Record<string, readonly BuiltIn[]>> = {
  // Its files for Node are CommonJS, and what esbuild makes of their require("process") in a user's ES module fails when it runs.
  "@kubewright/node": [
    { name: "yaml", entry: "browser/index.js" },
    // Webpack fails for what it tries to load, and Bun has another ws of this name, without its framing.
    {
      name: "ws",
      parts: { Receiver: "lib/receiver.js", Sender: "lib/sender.js" },
      missing: ["bufferutil", "utf-8-validate"],
    },
  ],
  // 4 MB, of which we use Reader and Writer.
  "@kubewright/protobuf": [{ name: "protobufjs", without: ["long"] }],
};

/**
 * Writes a package's JavaScript into a folder, twice: .mjs are ES modules, one file per entry and shared code in chunks, and
 * beside each a .js that is CommonJS. Everything from node_modules is left as an import. Declarations come from tsc, because
 * tsup cannot make them with TypeScript 7.
 */
export async function buildJavaScript(pkg: Package, into: string): Promise<void> {
  const folder = inRoot(pkg.folder);
  const programs = programsOf(pkg);
  const effects = sideEffectsOf(pkg);
  const held = builtIn[pkg.manifest.name] ?? [];
  const entries = [...entriesOf(pkg), ...programs, ...effects];
  await build({
    ...shared(folder, into),
    // The working directory has no say: paths are absolute, and the extension does not follow the package.json that is there.
    entry: Object.fromEntries(entries.map(({ output, source }) => [output, `${folder}/${source}`])),
    format: ["esm"],
    platform: "neutral",
    splitting: true,
    outExtension: () => ({ js: ".mjs" }),
    noExternal: [
      ...held.flatMap(({ name, without = [], missing = [] }) => [name, ...without, ...missing]),
      ...requiredModules,
    ],
    plugins: [withoutPaths],
    esbuildPlugins: [
      {
        name: "built in",
        setup({ onResolve }) {
          for (const { name, entry } of held) {
            if (entry === undefined) continue;
            const path = realpathSync(join(folder, "node_modules", name, entry));
            onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path }));
          }
        },
      },
      ...held.map(({ name, parts = {} }) => partsOf(join(folder, "node_modules", name), name, parts)),
      importRequired(),
      leftOut(
        held.flatMap(({ without = [] }) => without),
        "",
      ),
      leftOut(
        held.flatMap(({ missing = [] }) => missing),
        'throw new Error("left out");',
      ),
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
  copyLicenses(
    folder,
    into,
    held.map(({ name }) => name),
  );
  await copyAsCommonJs(pkg, into, new Set(programs.map(({ output }) => `${output}.mjs`)));
}

/** Each file by itself, so that both copies are cut alike: what is one class in one is one in the other. */
async function copyAsCommonJs(pkg: Package, into: string, programs: ReadonlySet<string>): Promise<void> {
  const folder = inRoot(pkg.folder);
  const files = globSync("**/*.mjs", { cwd: into }).filter((file) => !programs.has(file.replaceAll("\\", "/")));
  const held = onlyModules.filter((name) => pkg.manifest.dependencies?.[name] !== undefined);
  await build({
    ...shared(folder, into),
    entry: Object.fromEntries(files.map((file) => [file.replace(/\.mjs$/, ""), join(into, file)])),
    format: ["cjs"],
    platform: "node",
    splitting: false,
    noExternal: held,
    outExtension: () => ({ js: ".js" }),
    plugins: [withoutPaths, optionalInPlace(Object.keys(pkg.manifest.peerDependencies ?? {}))],
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
  copyLicenses(folder, into, held);
}

function copyLicenses(folder: string, into: string, names: readonly string[]): void {
  for (const name of names) {
    const [license] = globSync("{license,LICENSE}*", { cwd: join(folder, "node_modules", name) });
    if (license === undefined) throw new Error(`${name} has no license that could be copied`);
    cpSync(join(folder, "node_modules", name, license), join(into, `${name}-license.txt`));
  }
}

/** Comments with paths that tell modules apart, and the names of Go types, which are half of a generated table. */
const withoutPaths: Plugin = {
  name: "no paths of this machine",
  renderChunk: (code) => ({ code: code.replaceAll(/^ *\/\/ (?:\.\.|node_modules|k8s\.io)\/.*\n/gm, "") }),
};

/** What may be missing is required where it is awaited, inside of try: elsewhere webpack takes it for a failed build. */
function optionalInPlace(names: readonly string[]): Plugin {
  return {
    name: "optional in place",
    renderChunk: (code) => ({
      code: names.reduce((text, name) => {
        const call = `__toESM(require("${name}"), 1)`;
        return text.replaceAll(`await Promise.resolve().then(() => ${call})`, `await ${call}`);
      }, code),
    }),
  };
}

type Plugin = NonNullable<Options["plugins"]>[number];

function shared(folder: string, into: string): Options {
  return {
    config: false,
    outDir: into,
    tsconfig: `${folder}/tsconfig.build.json`,
    target: "es2022",
    external: [/^node:/],
    // Some modules have no name without it, such as node:sqlite.
    removeNodeProtocol: false,
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
  // A single other character doubles what the engine reads and keeps.
  options.charset = "ascii";
  // The error that is thrown holds the same text.
  options.logLevel = "silent";
}
