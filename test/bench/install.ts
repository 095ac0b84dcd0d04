import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildDeclarations } from "../../tools/build/declarations.ts";
import { intoDist } from "../../tools/build/into-dist.ts";
import { buildJavaScript } from "../../tools/build/javascript.ts";
import { npm } from "../../tools/lib/npm.ts";
import { publishedPackages, type Package } from "../../tools/lib/packages.ts";
import { inRoot } from "../../tools/lib/root.ts";
import { run, type RunResult } from "../../tools/lib/run.ts";
import { protobufjsSchema } from "./protobufjs-schema.ts";

/** A folder per contestant, each with what its users would install and nothing else, and the files of `contestants/` and `programs/`. */
export interface Installed {
  readonly ours: string;
  readonly clientNode: string;
  readonly floor: string;
  /** The framing of ws alone. */
  readonly wsFraming: string;
  /** Our clients, and the embedded API server. */
  readonly testing: string;
  /** Our clients, and what copies files. */
  readonly copying: string;
  /** What is for pages, and their proxy. */
  readonly pages: string;
  /** Plain protobufjs, with a schema of PodList in `podlist.json`. */
  readonly protobufjs: string;
}

/** Builds and packs our packages, and installs every contestant below `folder`. */
export async function installAll(folder: string, say: (text: string) => void): Promise<Installed> {
  say("building and packing our packages");
  const tarballs: Record<string, string> = {};
  for (const pkg of neededBy(
    "kubewright",
    "@kubewright/copy",
    "@kubewright/testing",
    "@kubewright/proxy",
    "@kubewright/browser",
  ))
    tarballs[pkg.manifest.name] = await pack(pkg, folder);
  say("installing the contestants");
  const protobufjs = await install(join(folder, "protobufjs"), {
    protobufjs: versionOf("protobufjs", "packages", "protobuf"),
  });
  writeFileSync(join(protobufjs, "podlist.json"), JSON.stringify(protobufjsSchema("k8s.io/api/core/v1.PodList")));
  return {
    ours: await install(join(folder, "ours"), { kubewright: tarballs["kubewright"]! }, tarballs),
    clientNode: await install(join(folder, "client-node"), {
      "@kubernetes/client-node": versionOf("@kubernetes/client-node"),
    }),
    floor: await install(join(folder, "floor"), { undici: versionOf("undici") }),
    wsFraming: await install(join(folder, "ws-framing"), { ws: versionOf("ws") }),
    protobufjs,
    pages: await install(
      join(folder, "pages"),
      Object.fromEntries(
        ["kubewright", "@kubewright/proxy", "@kubewright/browser"].map((name) => [name, tarballs[name]!]),
      ),
      tarballs,
    ),
    copying: await install(
      join(folder, "copying"),
      { kubewright: tarballs["kubewright"]!, "@kubewright/copy": tarballs["@kubewright/copy"]! },
      tarballs,
    ),
    testing: await install(
      join(folder, "testing"),
      { kubewright: tarballs["kubewright"]!, "@kubewright/testing": tarballs["@kubewright/testing"]! },
      tarballs,
    ),
  };
}

/** Packages and those of the workspace that they depend on, each after what it needs itself. */
function neededBy(...names: readonly string[]): readonly Package[] {
  const all = publishedPackages();
  const needed = new Set(names);
  for (const { manifest } of all.toReversed()) {
    if (needed.has(manifest.name)) for (const other of Object.keys(manifest.dependencies ?? {})) needed.add(other);
  }
  return all.filter(({ manifest }) => needed.has(manifest.name));
}

/** Builds and packs a package; gives what a dependency on the tarball is called. */
async function pack(pkg: Package, folder: string): Promise<string> {
  const { name, version } = pkg.manifest;
  await intoDist(pkg, async (into) => {
    await buildJavaScript(pkg, into);
    check(await buildDeclarations(pkg, into), `declarations of ${name}`);
  });
  check(await run("pnpm", ["pack", "--pack-destination", folder], { cwd: inRoot(pkg.folder) }), `pack ${name}`);
  return `file:${join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`)}`;
}

async function install(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  tarballs: Readonly<Record<string, string>> = {},
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  // Our packages depend on each other by version; those versions are in no registry yet.
  const overrides = Object.fromEntries(
    Object.entries(tarballs).map(([name, file]) => [name, name in dependencies ? `$${name}` : file]),
  );
  const manifest = { name: "contestant", version: "0.0.0", private: true, type: "module", dependencies, overrides };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  const flags = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"];
  check(await npm(["install", ...flags], folder), `npm install in ${folder}`);
  cpSync(inRoot("test", "bench", "contestants"), folder, { recursive: true });
  cpSync(inRoot("test", "bench", "programs"), folder, { recursive: true });
  return folder;
}

/** The version of a room's dependency, as installed. */
function versionOf(name: string, ...room: readonly string[]): string {
  const file = inRoot(...(room.length === 0 ? ["test"] : room), "node_modules", ...name.split("/"), "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function check({ code, output }: RunResult, what: string): void {
  if (code !== 0) throw new Error(`${what} failed:\n${output}`);
}
