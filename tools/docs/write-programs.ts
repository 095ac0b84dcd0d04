import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inRoot } from "../lib/root.ts";
import { runNode } from "../lib/run.ts";
import type { Page } from "./pages.ts";
import { blocksOf, programOf, type Block } from "./snippets.ts";

/** Where programs can be: inside of test/, so that their imports are found; ignored by git. The caller removes it. */
export function programsFolder(): string {
  const parent = inRoot("test", ".cache");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "docs-"));
}

/**
 * Writes the blocks of a page as a program into a folder of its own, beside the files that the page shows (those whose fence has a
 * name: `yaml widgets.yaml`) and what its commands `npx @kubewright/codegen` generate of them.
 *
 * @returns the program's path
 */
export async function writeProgram(folder: string, page: Page, blocks: readonly Block[]): Promise<string> {
  const program = join(folder, `${page.path}.ts`);
  const own = dirname(program);
  mkdirSync(own, { recursive: true });
  writeFileSync(program, programOf(page, blocks).text);
  const all = blocksOf(page.text);
  for (const { info, code } of all) {
    if (/^[\w-]+\.(yaml|json|ts)$/.test(info)) writeFileSync(join(own, info), code);
  }
  for (const { language, code } of all) {
    if (language !== "sh") continue;
    for (const [, args = ""] of code.matchAll(/^npx @kubewright\/codegen (.*--crds .*)$/gm)) {
      const cli = ["--conditions=kubewright-source", inRoot("codegen", "src", "cli.ts"), ...args.split(" ")];
      const { code: exit, output } = await runNode(String(cli[0]), cli.slice(1), { cwd: own });
      if (exit !== 0) throw new Error(`${page.path}: npx @kubewright/codegen ${args} ended with ${exit}: ${output}`);
    }
  }
  return program;
}
