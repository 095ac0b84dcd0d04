import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { buildPage } from "./harness/build-page.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folders of the built pages. */
    pages: { readonly board: string };
  }
}

/** Builds the pages once per run. */
export async function setup(project: TestProject): Promise<() => void> {
  const board = await buildPage(fileURLToPath(new URL("pages/board", import.meta.url)));
  project.provide("pages", { board });
  return () => rmSync(board, { recursive: true });
}
