import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { leftOut } from "../../../tools/build/esbuild-plugins.ts";
import { inRoot } from "../../../tools/lib/root.ts";
import type { Bench } from "../bench.ts";
import { kilobytes, type Row } from "../row.ts";

const kilobyte = 1024;
const codecEntry = "node_modules/@kubewright/protobuf/dist/index.mjs";

interface Size {
  /** gzip bytes of what runs first, of every chunk, and of what is loaded with the codec for protobuf. */
  readonly first: number;
  readonly all: number;
  readonly protobuf: number;
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
  const protobufPage = await measure(installed.ours, "browser-protobuf.ts", "browser");
  const watches = await measure(installed.pages, "browser-watches.ts", "browser");
  const worker = await measure(installed.pages, "browser-worker.ts", "browser");
  const table = await measureSource("packages/protobuf/src/gen/table.ts");
  const wire = await measureSource("packages/protobuf/src/wire/wire.ts");
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
      aim: "≤ 40 KB / ≤ 120 KB and protobuf",
      measured: `${kilobytes(ours.first)} / ${kilobytes(ours.all)}`,
      reached: ours.first <= 40 * kilobyte && ours.all - ours.protobuf <= 120 * kilobyte,
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
    {
      what: "browser bundle of shared watches, informers and stores, gzip: page / shared worker",
      clientNode: "none",
      floor: "none",
      ours: `${kilobytes(watches.first)} / ${kilobytes(worker.first)}`,
      aim: "≤ 36 KB in one piece",
      measured: kilobytes(watches.first),
      reached: watches.first <= 36 * kilobyte && watches.all === watches.first,
      detail: { watches, worker },
    },
    {
      what: "protobuf where it is asked for, gzip: all of it / its table / Reader and Writer",
      clientNode: "none",
      floor: "none",
      ours: [protobufPage.protobuf, table, wire].map(kilobytes).join(" / "),
      aim: "≤ 50 KB / ≤ 22 KB / ≤ 12 KB, 0 in the others",
      measured: `${[protobufPage.protobuf, table, wire].map(kilobytes).join(" / ")}, ${page.protobuf} in a page without it`,
      reached:
        protobufPage.protobuf <= 50 * kilobyte &&
        table <= 22 * kilobyte &&
        wire <= 12 * kilobyte &&
        page.protobuf === 0,
      detail: { protobuf: protobufPage.protobuf, table, wire },
    },
  ];
}

/** gzip bytes of a source of ours with all it needs, as it is published. */
async function measureSource(source: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [inRoot(source)],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    write: false,
    logLevel: "silent",
    plugins: [leftOut(["long"], "")],
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0);
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
  const loadedWith = (path: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const found of metafile.outputs[path]?.imports ?? []) {
      if (found.kind === "import-statement" && found.external !== true) loadedWith(found.path, seen);
    }
    return seen;
  };
  const first = loadedWith(entry);
  const [codec] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === codecEntry) ?? [];
  const protobuf = codec === undefined ? [] : [...loadedWith(codec)].filter((path) => !first.has(path));
  const sum = (paths: Iterable<string>): number => [...paths].reduce((total, path) => total + (gzip.get(path) ?? 0), 0);
  return { first: sum(first), all: sum(gzip.keys()), protobuf: sum(protobuf), heaviest: heaviest(metafile.outputs) };
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
