import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { exampleModule, readExamples } from "./examples.ts";
import { readPages } from "./pages.ts";
import { columnsOf } from "./snippets.ts";
import { programsFolder, writeProgram } from "./write-programs.ts";
import { inRoot } from "../lib/root.ts";
import { syntaxOf } from "../rules/syntax.ts";
import { tsc, type RunResult } from "../lib/run.ts";

// As strict as most users are; a snippet need not use all that it declares.
const compilerOptions = { exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false, noUnusedLocals: false };

/** Compiles every block of TypeScript in the documentation and every example of a docstring; errors name the page or source, and a line. */
export async function compileSnippets(): Promise<RunResult> {
  const folder = programsFolder();
  try {
    for (const page of readPages()) {
      for (const [index, blocks] of columnsOf(page).entries()) {
        if (blocks.length > 0) await writeProgram(join(folder, `column-${index}`), page, blocks);
      }
    }
    const where = new Map<string, string>();
    const names = {
      "node:http": ["createServer"],
      kubewright: namesOf("packages/kubewright/src/index.ts"),
      "kubewright/port-forward": namesOf("packages/kubewright/src/port-forward.ts"),
      "kubewright/terminal": namesOf("packages/kubewright/src/terminal.ts"),
      "@kubewright/testing": namesOf("packages/testing/src/index.ts"),
      "@kubewright/proxy": namesOf("packages/proxy/src/index.ts"),
      "@kubewright/copy": namesOf("packages/copy/src/index.ts"),
      "@kubewright/browser": namesOf("packages/browser/src/index.ts"),
      "@kubewright/browser/react": namesOf("packages/browser/src/react.ts"),
    };
    for (const [index, example] of readExamples().entries()) {
      where.set(`example-${index}.ts`, example.where);
      writeFileSync(join(folder, `example-${index}.ts`), exampleModule(example, names));
    }
    const project = join(folder, "tsconfig.json");
    writeFileSync(
      project,
      JSON.stringify({ extends: inRoot("test", "tsconfig.json"), compilerOptions, include: ["."], exclude: [] }),
    );
    const { code, output } = await tsc(["-p", project, "--pretty", "false"]);
    return {
      code,
      output: output
        .replaceAll(/\S*(example-\d+\.ts)/g, (_, file: string) => where.get(file) ?? file)
        .replaceAll(new RegExp(`${relative(inRoot(), folder)}/column-\\d/(.*?\\.md)\\.ts`, "g"), "$1"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an entry exports, such as `connect` and `type Cluster`. */
function namesOf(entry: string): readonly string[] {
  return syntaxOf(entry, readFileSync(inRoot(entry), "utf8")).exports.flatMap(({ name, typeOnly }) =>
    name === undefined ? [] : `${typeOnly ? "type " : ""}${name}`,
  );
}
