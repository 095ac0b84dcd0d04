import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Bench } from "../bench.ts";
import { kilobytes, type Row } from "../row.ts";

const kilobyte = 1024;

interface Size {
  /** gzip bytes of what runs first, and of every chunk. */
  readonly first: number;
  readonly all: number;
  /** The heaviest inputs in minified bytes before compression, package by package. */
  readonly heaviest: readonly (readonly [name: string, bytes: number])[];
}

/** What a program that lists pods weighs once bundled, on Node and in a page. */
export async function bundleRows({ installed, say }: Bench): Promise<readonly Row[]> {
  say("bundles");
  const ours = await measure(installed.ours, "kubewright.ts", "node");
  const clientNode = await measure(installed.clientNode, "client-node.ts", "node");
  const floor = await measure(installed.floor, "floor.ts", "node");
  const page = await measure(installed.ours, "browser.ts", "browser");
  const clientNodePage = await measure(installed.clientNode, "client-node.ts", "browser").then(
    ({ all }) => kilobytes(all),
    () => "does not build",
  );
  return [
    {
      what: "Node bundle of one list call, gzip: first chunk / all chunks",
      clientNode: kilobytes(clientNode.all),
      floor: kilobytes(floor.all),
      ours: `${kilobytes(ours.first)} / ${kilobytes(ours.all)}`,
      aim: "≤ 40 KB / ≤ 120 KB",
      measured: `${kilobytes(ours.first)} / ${kilobytes(ours.all)}`,
      reached: ours.first <= 40 * kilobyte && ours.all <= 120 * kilobyte,
      detail: { ours, clientNode, floor },
    },
    {
      what: "browser bundle of the whole core, gzip",
      clientNode: clientNodePage,
      floor: kilobytes(floor.all),
      ours: kilobytes(page.first),
      aim: "≤ 29 KB in one piece",
      measured: kilobytes(page.first),
      reached: page.first <= 29 * kilobyte && page.all === page.first,
      detail: { ours: page, floor },
    },
  ];
}

async function measure(folder: string, program: string, platform: "node" | "browser"): Promise<Size> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(folder, program)],
    absWorkingDir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform,
    target: "es2022",
    legalComments: "none",
    metafile: true,
    write: false,
    outdir: "out",
    logLevel: "silent",
  });
  const gzip = new Map(
    outputFiles.map(({ path, contents }) => [
      path.slice(folder.length + 1),
      gzipSync(contents, { level: 9 }).byteLength,
    ]),
  );
  const [entry] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === program) ?? [];
  if (entry === undefined) throw new Error(`esbuild gave no entry for ${program}`);
  const first = new Set<string>();
  const visit = (path: string): void => {
    if (first.has(path)) return;
    first.add(path);
    for (const found of metafile.outputs[path]?.imports ?? []) {
      if (found.kind === "import-statement" && found.external !== true) visit(found.path);
    }
  };
  visit(entry);
  const sum = (paths: Iterable<string>): number => [...paths].reduce((total, path) => total + (gzip.get(path) ?? 0), 0);
  return { first: sum(first), all: sum(gzip.keys()), heaviest: heaviest(metafile.outputs) };
}

function heaviest(outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>): Size["heaviest"] {
  const bytes = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1] ?? path;
      bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
    }
  }
  return [...bytes].toSorted(([, a], [, b]) => b - a).slice(0, 8);
}
