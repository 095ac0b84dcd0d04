import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./root.ts";

/** The part of an export's conditions that leads to its source. */
export interface ExportConditions {
  readonly "kubewright-source": string;
}

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly files?: readonly string[];
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean };
  readonly sideEffects?: boolean | readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | ExportConditions>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface Package {
  /** Its folder, relative to the top. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** One importable module of a package. */
export interface Entry {
  /** As in an import after the package's name: "." or "./apps/v1". */
  readonly subpath: string;
  /** Its source, relative to the package, such as src/index.ts. */
  readonly source: string;
  /** What it becomes, relative to dist and without extension, such as gen/apps/v1. */
  readonly output: string;
}

/** What is published, each after what it depends on. */
const publishedFolders = [
  "packages/core",
  "packages/api",
  "packages/protobuf",
  "packages/node",
  "packages/testing",
  "packages/runtime",
  "packages/proxy",
  "packages/copy",
  "packages/browser",
  "packages/kubewright",
  "codegen",
];

export function readPackage(folder: string): Package {
  return { folder, manifest: JSON.parse(readFileSync(inRoot(folder, "package.json"), "utf8")) as Manifest };
}

export function publishedPackages(): readonly Package[] {
  return publishedFolders.map(readPackage);
}

/** Every module a package offers; patterns of `exports` become the files that exist. */
export function entriesOf({ folder, manifest }: Package): readonly Entry[] {
  const entries: Entry[] = [];
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target === "string") continue;
    const source = target["kubewright-source"];
    for (const file of source.includes("*") ? filesOf(folder, source) : [source]) {
      entries.push({ subpath: subpath.replace("*", starOf(source, file)), ...sourceAndOutput(file) });
    }
  }
  return entries;
}

/** The programs a package brings, as entries too; the source of ./dist/cli.mjs is src/cli.ts. */
export function programsOf({ manifest }: Package): readonly Entry[] {
  return Object.values(manifest.bin ?? {}).map((file) => ({
    subpath: file,
    ...sourceAndOutput(file.replace(/^\.\/dist\/(.*)\.mjs$/, "./src/$1.ts")),
  }));
}

/** The sources that do something when they are imported. Each becomes a file of its own, by which bundlers know it. */
export function sideEffectsOf({ manifest: { sideEffects } }: Package): readonly Entry[] {
  if (typeof sideEffects !== "object") return [];
  return sideEffects
    .filter((file) => file.startsWith("./src/"))
    .map((file) => ({ subpath: file, ...sourceAndOutput(file) }));
}

function filesOf(folder: string, pattern: string): readonly string[] {
  return globSync(pattern.replace("./", "").replace("*", "**/*"), { cwd: inRoot(folder) })
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => `./${file.replaceAll("\\", "/")}`)
    .toSorted();
}

/** What the star of ./src/gen/*.ts stands for in ./src/gen/apps/v1.ts. */
function starOf(pattern: string, file: string): string {
  const star = pattern.indexOf("*");
  return star === -1 ? "" : file.slice(star, file.length - (pattern.length - star - 1));
}

function sourceAndOutput(file: string): Pick<Entry, "source" | "output"> {
  return { source: file.replace("./", ""), output: file.replace("./src/", "").replace(/\.ts$/, "") };
}

/** The sources that an entry list names and that do not exist. */
export function missingSources(folder: string, entries: readonly Entry[]): readonly string[] {
  return entries.map(({ source }) => join(folder, source)).filter((file) => !existsSync(inRoot(file)));
}
