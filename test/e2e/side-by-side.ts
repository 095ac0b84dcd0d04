import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** One section of docs/coming-from-client-node.md: the same call with both clients. */
export interface Section {
  readonly title: string;
  readonly left: string;
  readonly right: string;
}

export type Side = "left" | "right";

/** What a block declared at its top level, by name. */
export type Outcome = Readonly<Record<string, unknown>>;

const document = fileURLToPath(new URL("../../docs/coming-from-client-node.md", import.meta.url));
// Inside of test/, so that its imports are found; ignored by git.
const folder = fileURLToPath(new URL(`../.cache/side-by-side-${process.pid}/`, import.meta.url));

/** The sections of the document in their order, the one about connecting first. */
export function readSections(): readonly Section[] {
  const [, ...parts] = readFileSync(document, "utf8").split(/^## /m);
  return parts.flatMap((part) => {
    const blocks = [...part.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
    if (blocks.length === 0) return [];
    const [left, right] = blocks;
    const title = part.slice(0, part.indexOf("\n"));
    if (left === undefined || right === undefined || blocks.length > 2)
      throw new Error(`"${title}" has ${blocks.length} blocks instead of two`);
    return [{ title, left, right }];
  });
}

/** Writes the block as a module: connect, run the block, let go, hand out what it declared. `shop` becomes `namespace`. */
export function writeModule(connect: Section, section: Section, side: Side, namespace: string): string {
  const before = split(connect[side]);
  const block = split(section[side]);
  const name = `${section.title.replaceAll(/\W+/g, "-").toLowerCase()}-${side}.ts`;
  const text = `${[...before.imports, ...block.imports].join("\n")}

${before.code}
export async function run(): Promise<Record<string, unknown>> {
${block.code.replaceAll(/\bshop\b(?!\.io)/g, namespace)}
return { ${namesIn(block.code).join(", ")} };
}

export async function close(): Promise<void> {
${side === "right" ? "await cluster.close();" : ""}
}
`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Runs a module that {@link writeModule} wrote. */
export async function runModule(path: string): Promise<Outcome> {
  const { run, close } = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as {
    run(): Promise<Outcome>;
    close(): Promise<void>;
  };
  try {
    return await run();
  } finally {
    await close();
  }
}

export function removeModules(): void {
  rmSync(folder, { recursive: true, force: true });
}

function split(code: string): { readonly imports: readonly string[]; readonly code: string } {
  const lines = code.split("\n");
  const isImport = (line: string): boolean => line.startsWith("import ");
  return { imports: lines.filter(isImport), code: lines.filter((line) => !isImport(line)).join("\n") };
}

/** What the code declares at its top level; `const { a, b } = …` declares a and b. */
function namesIn(code: string): readonly string[] {
  return [...code.matchAll(/^(?:const|let) (?:(\w+)|\{ ([\w, ]+) \})/gm)].flatMap(([, name, names]) =>
    name === undefined ? (names ?? "").split(", ") : [name],
  );
}
