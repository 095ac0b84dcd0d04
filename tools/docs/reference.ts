import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fetchLocked } from "../lib/fetch-locked.ts";
import { inRoot } from "../lib/root.ts";
import { runNode, type RunResult } from "../lib/run.ts";
import { readPages } from "./pages.ts";
import { resourceTables } from "./resource-tables.ts";

/** The modules that people import and that are written by hand. */
const entries = [
  "packages/kubewright/src/index.ts",
  "packages/kubewright/src/port-forward.ts",
  "packages/kubewright/src/terminal.ts",
  "packages/core/src/index.ts",
  "packages/core/src/web.ts",
  "packages/protobuf/src/index.ts",
  "packages/node/src/index.ts",
  "packages/node/src/transport.ts",
  "packages/runtime/src/index.ts",
  "packages/testing/src/index.ts",
  "packages/proxy/src/index.ts",
  "packages/copy/src/index.ts",
  "packages/browser/src/index.ts",
  "packages/browser/src/react.ts",
  "codegen/src/index.ts",
];

/** Builds the API reference with all pages into a folder; any warning of TypeDoc is a failure. */
export async function buildReference(out: string): Promise<RunResult> {
  const modules = await fetchLocked(inRoot("tools", "publish", "versions"), "publish");
  // Within the repository, where the compiler finds the types of Node.
  mkdirSync(inRoot("test", ".cache"), { recursive: true });
  const scratch = mkdtempSync(inRoot("test", ".cache", "reference-"));
  try {
    const documents = await writeDocuments(scratch);
    const entryPoints = entries.map((entry) => inRoot(entry));
    const tsconfig = join(scratch, "tsconfig.json");
    // What is for pages needs their names.
    const compilerOptions = { lib: ["ES2023", "ESNext.Disposable", "DOM", "DOM.AsyncIterable"] };
    writeFileSync(
      tsconfig,
      JSON.stringify({ extends: inRoot("tsconfig.base.json"), compilerOptions, files: entryPoints }),
    );
    const options = {
      name: "Kubewright",
      entryPoints,
      tsconfig,
      out,
      basePath: inRoot(),
      projectDocuments: documents,
      readme: join(scratch, "docs", "README.md"),
      disableGit: true,
      gitRevision: "main",
      sourceLinkTemplate: "https://github.com/kubewright/kubewright/blob/{gitRevision}/{path}#L{line}",
      excludePrivate: true,
      treatWarningsAsErrors: true,
    };
    const file = join(scratch, "typedoc.json");
    writeFileSync(file, JSON.stringify(options));
    return await runNode(join(modules, "typedoc", "bin", "typedoc"), ["--options", file], { env: { NO_COLOR: "1" } });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Copies of the pages as TypeDoc wants them: titled in their head, and fences without words of ours. */
async function writeDocuments(scratch: string): Promise<readonly string[]> {
  const folder = join(scratch, "docs");
  mkdirSync(folder);
  cpSync(inRoot("README.md"), join(scratch, "README.md"));
  const pages = readPages().filter(({ path }) => path.startsWith("docs/"));
  const texts = [
    ...pages.map(({ path, text }) => [basename(path), text] as const),
    ["resources.md", await resourceTables()] as const,
  ];
  for (const [name, text] of texts) {
    const [, title = name] = /^# (.+)$/m.exec(text) ?? [];
    const plain = text.replaceAll(/^(```\w+) .+$/gm, "$1");
    writeFileSync(
      join(folder, name),
      name === "README.md" ? plain : `---\ntitle: ${JSON.stringify(title)}\n---\n\n${plain}`,
    );
  }
  return texts.flatMap(([name]) => (name === "README.md" ? [] : [join(folder, name)]));
}
