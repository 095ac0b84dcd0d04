import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

export interface Bundle {
  /** What runs first: the entry's chunk and those it imports statically. */
  readonly first: Measured;
  /** Those and every chunk that is loaded on demand. */
  readonly all: Measured;
  /** Every chunk's text by file name, as a server would hand it out. */
  readonly files: ReadonlyMap<string, string>;
  /** The file name of the chunk to begin with. */
  readonly entry: string;
}

export interface Measured {
  /** Sum over chunks, each compressed on its own, as a server would send it. */
  readonly gzipBytes: number;
  readonly text: string;
  /** How many chunks. */
  readonly chunks: number;
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
    metafile: true,
    write: false,
    outdir: "out",
    logLevel: "silent",
  });
  const files = new Map(outputFiles.map(({ path, text }) => [fileName(path), text]));
  // A chunk loaded on demand has an entry point too.
  const entry = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === `apps/${app}.ts`)?.[0];
  if (entry === undefined) throw new Error(`esbuild gave no entry for ${app}`);
  const first = new Set<string>();
  const visit = (path: string): void => {
    if (first.has(fileName(path))) return;
    first.add(fileName(path));
    for (const found of metafile.outputs[path]?.imports ?? []) {
      if (found.kind === "import-statement" && found.external !== true) visit(found.path);
    }
  };
  visit(entry);
  return {
    first: measured(files, (name) => first.has(name)),
    all: measured(files, () => true),
    files,
    entry: fileName(entry),
  };
}

function measured(files: ReadonlyMap<string, string>, wanted: (name: string) => boolean): Measured {
  const chosen = [...files].filter(([name]) => wanted(name)).map(([, text]) => text);
  return {
    gzipBytes: chosen.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).byteLength, 0),
    text: chosen.join("\n"),
    chunks: chosen.length,
  };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
