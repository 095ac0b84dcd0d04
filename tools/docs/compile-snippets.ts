import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readPages } from "./pages.ts";
import { columnsOf } from "./snippets.ts";
import { programsFolder, writeProgram } from "./write-programs.ts";
import { inRoot } from "../lib/root.ts";
import { tsc, type RunResult } from "../lib/run.ts";

// As strict as most users are; a snippet need not use all that it declares.
const compilerOptions = { exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false, noUnusedLocals: false };

/** Compiles every block of TypeScript in the documentation; errors name the page and its line. */
export async function compileSnippets(): Promise<RunResult> {
  const folder = programsFolder();
  try {
    for (const page of readPages()) {
      for (const [index, blocks] of columnsOf(page).entries()) {
        if (blocks.length > 0) await writeProgram(join(folder, `column-${index}`), page, blocks);
      }
    }
    const project = join(folder, "tsconfig.json");
    writeFileSync(
      project,
      JSON.stringify({ extends: inRoot("test", "tsconfig.json"), compilerOptions, include: ["."], exclude: [] }),
    );
    const { code, output } = await tsc(["-p", project, "--pretty", "false"]);
    return {
      code,
      output: output.replaceAll(new RegExp(`${relative(inRoot(), folder)}/column-\\d/(.*?\\.md)\\.ts`, "g"), "$1"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
