import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { leftOut } from "../../tools/build/esbuild-plugins.ts";

export interface Bundle {
  /** What runs first: the entry's chunk and those it imports statically. */
  readonly first: Measured;
  /** Those and every chunk that is loaded on demand. */
  readonly all: Measured;
  /** What is loaded beyond the first chunks when a source is imported, by its path from the top. */
  onDemand(source: string): Measured;
  /** Every chunk's text by file name, as a server would hand it out. */
  readonly files: ReadonlyMap<string, string>;
  /** The file name of the chunk to begin with. */
  readonly entry: string;
}

export interface Measured {
  /** Sum over chunks, each compressed on its own, as a server would send it. */
  readonly gzipBytes: number;
  readonly text: string;
  /** The file names of the chunks. */
  readonly chunks: readonly string[];
}

/** Bundles a program of apps/ with esbuild, minified and split, from the sources of the packages. */
export async function measureBundle(app: string, platform: "node" | "browser"): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`apps/${app}.ts`, import.meta.url))],
    absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
    bundle: true,
    splitting: true,
    format: "esm",
    platform,
    target: "es2022",
    minify: true,
    conditions: ["kubewright-source"],
    // As in what is published.
    plugins: [leftOut(["long"], "")],
    metafile: true,
    write: false,
    outdir: "out",
    logLevel: "silent",
  });
  const files = new Map(outputFiles.map(({ path, text }) => [fileName(path), text]));
  const loadedWith = (output: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(fileName(output))) return seen;
    seen.add(fileName(output));
    for (const found of metafile.outputs[output]?.imports ?? [])
      if (found.kind === "import-statement" && found.external !== true) loadedWith(found.path, seen);
    return seen;
  };
  const outputOf = (source: string): string => {
    const found = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === source);
    if (found === undefined) throw new Error(`esbuild gave no chunk for ${source}`);
    return found[0];
  };
  const entry = outputOf(`apps/${app}.ts`);
  const first = loadedWith(entry);
  return {
    first: measured(files, (name) => first.has(name)),
    all: measured(files, () => true),
    onDemand(source) {
      const loaded = loadedWith(outputOf(`../../${source}`));
      return measured(files, (name) => loaded.has(name) && !first.has(name));
    },
    files,
    entry: fileName(entry),
  };
}

function measured(files: ReadonlyMap<string, string>, wanted: (name: string) => boolean): Measured {
  const chosen = [...files].filter(([name]) => wanted(name));
  return {
    gzipBytes: chosen.reduce((sum, [, text]) => sum + gzipSync(text, { level: 9 }).byteLength, 0),
    text: chosen.map(([, text]) => text).join("\n"),
    chunks: chosen.map(([name]) => name),
  };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
