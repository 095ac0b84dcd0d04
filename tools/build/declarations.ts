import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { entriesOf, type Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { tsc, type RunResult } from "../lib/run.ts";

/** Writes a package's declarations into a folder. Needs those of the packages it depends on, in their dist. */
export async function buildDeclarations(pkg: Package, into: string): Promise<RunResult> {
  const config = inRoot(pkg.folder, "tsconfig.build.json");
  const result = await tsc(["-p", config, "--outDir", into, "--pretty", "false"]);
  let disposes = false;
  for (const file of globSync("**/*.d.ts", { cwd: into })) {
    const path = join(into, file);
    const text = readFileSync(path, "utf8");
    let rewritten = forOlderCompilers(rewriteExtensions(text));
    if (/\bAsyncDisposable\b|\bSymbol\.asyncDispose\b/.test(rewritten)) {
      disposes = true;
      rewritten = `/// <reference path="${pathBetween(dirname(file), disposal)}" />\n${rewritten}`;
    }
    if (rewritten !== text) writeFileSync(path, rewritten);
  }
  if (disposes) writeFileSync(join(into, disposal), disposalDeclarations);
  for (const { output } of entriesOf(pkg)) writeFileSync(join(into, `${output}.d.mts`), asModule(into, output));
  return result;
}

/** Declarations stand once, as CommonJS. For whoever imports an entry as an ES module one line leads there, after its references. */
function asModule(into: string, output: string): string {
  const text = readFileSync(join(into, `${output}.d.ts`), "utf8");
  const references = text.match(/^\/\/\/ <reference path=".*\.d\.ts" preserve="true" \/>\n/gm) ?? [];
  return `${references.join("").replaceAll('.d.ts" ', '.d.mts" ')}export * from "./${basename(output)}.js";\n`;
}

/** tsc rewrites ./x.ts to ./x.js in JavaScript, but leaves it in declarations. */
export function rewriteExtensions(text: string): string {
  return text.replaceAll(/(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(["'])(\.{1,2}\/[^"'\n]+)\.ts\2/g, "$1$2$3.js$2");
}

/** Uint8Array takes a type argument from TypeScript 5.7 on; what its method returns is the same type, and compiles before too. */
export function forOlderCompilers(text: string): string {
  return text.replaceAll("Uint8Array<ArrayBuffer>", 'ReturnType<Uint8ArrayConstructor["of"]>');
}

const disposal = "async-disposable.d.ts";

/** For projects whose `lib` lacks ESNext.Disposable, and for TypeScript 5.0 and 5.1, which have none; it merges with it elsewhere. */
const disposalDeclarations = `interface SymbolConstructor {
  readonly asyncDispose: unique symbol;
}
interface AsyncDisposable {
  [Symbol.asyncDispose](): PromiseLike<void>;
}
`;

function pathBetween(folder: string, file: string): string {
  const path = relative(folder, file).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}
