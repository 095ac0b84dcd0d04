import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { entriesOf, type Manifest, type Package } from "../lib/packages.ts";
import { npm } from "../lib/npm.ts";
import { inRoot } from "../lib/root.ts";
import type { RunResult } from "../lib/run.ts";

export interface Packed {
  readonly pkg: Package;
  /** Path of the tarball. */
  readonly tarball: string;
}

/** Every import specifier of a package: "kubewright", "kubewright/apps/v1", … */
export function specifiersOf(pkg: Package): readonly string[] {
  return entriesOf(pkg).map(({ subpath }) => `${pkg.manifest.name}${subpath.slice(1)}`);
}

/** An empty project beside the tarballs, with all of them installed by npm. */
export async function installConsumer(folder: string, packed: readonly Packed[]): Promise<RunResult> {
  mkdirSync(folder, { recursive: true });
  cpSync(inRoot("test", "pack", "consumer"), folder, { recursive: true });
  const files = Object.fromEntries(packed.map(({ pkg, tarball }) => [pkg.manifest.name, `file:${tarball}`]));
  const manifest = {
    name: "consumer",
    version: "0.0.0",
    private: true,
    dependencies: { ...files, ...reactVersion(), "@types/node": versionIn("node_modules", "@types", "node") },
    // The packages depend on each other by version; those versions are not in any registry yet.
    overrides: Object.fromEntries(Object.keys(files).map((name) => [name, `$${name}`])),
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  const all = packed.flatMap(({ pkg }) => specifiersOf(pkg));
  writeFileSync(join(folder, "specifiers.json"), JSON.stringify(all));
  writeFileSync(join(folder, "every-entry.ts"), everyEntry(all));
  writeFileSync(join(folder, "neutral-entries.ts"), everyEntry(all.filter(isForPages)));
  return npm(
    ["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"],
    folder,
  );
}

/** Whether a page can import it: its declarations need no types of Node. */
export function isForPages(specifier: string): boolean {
  return /^@kubewright\/((core|api|protobuf|runtime|browser)\b|testing\/web$)/.test(specifier);
}

/** What `@kubewright/browser/react` asks for, as a dependency of a project. */
export function reactVersion(): Readonly<Record<string, string>> {
  return { react: versionIn("packages", "browser", "node_modules", "react") };
}

/** A module that makes the compiler read the declarations of every entry. */
function everyEntry(specifiers: readonly string[]): string {
  const imports = specifiers.map((name, i) => `import type * as entry${i} from ${JSON.stringify(name)};`);
  return `${imports.join("\n")}\nexport type All = [${specifiers.map((_, i) => `keyof typeof entry${i}`).join(", ")}];\n`;
}

/** The version of an installed package, by its folder. */
function versionIn(...folder: readonly string[]): string {
  return (JSON.parse(readFileSync(inRoot(...folder, "package.json"), "utf8")) as Manifest).version;
}
