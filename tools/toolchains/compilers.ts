import { copyFileSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { attw } from "../pack/attw.ts";
import { inRoot } from "../lib/root.ts";
import { run, runNode } from "../lib/run.ts";
import { isForPages, specifiersOf } from "../pack/consumer.ts";
import { type Setting, twoAtATime } from "./setting.ts";

/** Module settings, by what a tsconfig says. TypeScript 7 has no node10. */
const node10 = ["--module", "commonjs", "--moduleResolution", "node10"];
const commonjs = ["--module", "commonjs"];
const node16 = ["--module", "node16"];
const nodenext = ["--module", "nodenext"];
const bundler = ["--module", "esnext", "--moduleResolution", "bundler"];

const matrix: readonly (readonly [version: string, settings: readonly string[]])[] = [
  ...[node10, node16, bundler].map((settings) => ["5.0", settings] as const),
  ...[node10, node16, bundler].map((settings) => ["5.4", settings] as const),
  ...[node10, node16, nodenext, bundler].map((settings) => ["5.9", settings] as const),
  ...[commonjs, node16, nodenext, bundler].map((settings) => ["7", settings] as const),
];

/** The oldest compiler that finds the names of a package's own entries again where packages lie apart is 5.1. */
const naming: typeof matrix = [
  ["5.4", bundler],
  ["5.9", node10],
  ["5.9", nodenext],
  ["7", nodenext],
];

/** Declarations read by every compiler, with libraries checked too. */
export async function checkCompilers(setting: Setting): Promise<void> {
  const { project, checks } = setting;
  const all = setting.packages.flatMap(specifiersOf);
  for (const file of ["every-entry.mts", "every-entry.cts"]) writeFileSync(join(project, file), everyEntry(all));
  writeFileSync(join(project, "page-entries.mts"), everyEntry(all.filter(isForPages)));
  const strict = ["--strict", "--target", "es2022", "--exactOptionalPropertyTypes", "--pretty", "false"];

  const compile = async (name: string, version: string, folder: string, args: readonly string[]): Promise<void> => {
    const { code, output } = await runNode(compilerOf(setting, version), [...strict, ...args], { cwd: folder });
    checks.record(`TypeScript ${version}, ${name}`, { code, output });
  };
  const apart = await installApart(setting);
  const types = typesFolder(join(dirname(project), "types"), inRoot("node_modules", "@types", "node"));
  const olderTypes = typesFolder(join(dirname(project), "older-types"), join(setting.modules, "types-node-20"));
  await twoAtATime([
    ...matrix.map(([version, settings]) => () => {
      // Before 5.2 nothing can say `using`, and Node's types of today cannot be read.
      const older = version === "5.0" || version === "5.4";
      const nodes = ["--typeRoots", older ? olderTypes : types, "--types", "node"];
      const lib = ["--lib", older ? "ES2022" : "ES2022,ESNext.Disposable"];
      const files = ["program.ts", "every-entry.mts", "every-entry.cts"];
      return compile(settings.join(" "), version, project, ["--noEmit", ...nodes, ...lib, ...settings, ...files]);
    }),
    ...["5.0", "7"].map((version) => () => {
      // A page's project: no types of Node, no library for disposal.
      const page = ["--noEmit", "--typeRoots", "none", "--lib", "ES2022,DOM", ...bundler, "page-entries.mts"];
      return compile("a page", version, project, page);
    }),
    ...naming.map(([version, settings]) => () => {
      const emit = ["--declaration", "--emitDeclarationOnly", "--outDir", `out-${version}-${settings.length}`];
      const lib = ["--typeRoots", "none", "--lib", "ES2022,DOM"];
      const files = settings === node10 ? ["names.cts"] : ["names.mts", "names.cts"];
      return compile(`names of inferred types, ${settings.join(" ")}`, version, apart, [
        ...emit,
        ...lib,
        ...settings,
        ...files,
      ]);
    }),
    ...setting.packages.map((pkg) => async () => {
      const tarball = setting.tarballs.get(pkg.manifest.name) ?? "";
      checks.record(`attw ${pkg.manifest.name}`, await attw(setting.modules, pkg, tarball));
    }),
  ]);
}

/** Beside the project, not in it: only one of them may be found. */
function typesFolder(folder: string, node: string): string {
  mkdirSync(folder);
  symlinkSync(realpathSync(node), join(folder, "node"));
  return folder;
}

function compilerOf({ modules }: Setting, version: string): string {
  return version === "7"
    ? inRoot("node_modules", "typescript", "bin", "tsc")
    : join(modules, `typescript-${version}`, "bin", "tsc");
}

/** A module that makes the compiler read the declarations of every entry. */
function everyEntry(specifiers: readonly string[]): string {
  const imports = specifiers.map((name, i) => `import type * as entry${i} from ${JSON.stringify(name)};`);
  return `${imports.join("\n")}\nexport type All = [${specifiers.map((_, i) => `keyof typeof entry${i}`).join(", ")}];\n`;
}

/** A project whose only dependency is kubewright, installed by pnpm: it cannot reach what kubewright depends on. */
async function installApart({ project, tarballs, checks }: Setting): Promise<string> {
  const folder = join(dirname(project), "apart");
  mkdirSync(folder);
  const files = [...tarballs].map(([name, tarball]) => [name, `file:${tarball}`] as const);
  const dependencies = Object.fromEntries(files.filter(([name]) => name === "kubewright"));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "apart", version: "0.0.0", private: true, dependencies }),
  );
  const overrides = files.map(([name, file]) => `  "${name}": "${file}"\n`).join("");
  writeFileSync(join(folder, "pnpm-workspace.yaml"), `packages: []\noverrides:\n${overrides}`);
  for (const file of ["names.mts", "names.cts"]) copyFileSync(join(project, file), join(folder, file));
  checks.record(
    "pnpm install",
    await run("pnpm", ["install", "--prefer-offline", "--ignore-scripts"], { cwd: folder }),
  );
  return folder;
}
