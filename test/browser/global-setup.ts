import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { buildPage } from "./harness/build-page.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folders of the built pages. */
    pages: { readonly board: string; readonly react: string };
  }
}

/** Builds the pages once per run. */
export async function setup(project: TestProject): Promise<() => void> {
  const built = (name: string): Promise<string> => buildPage(fileURLToPath(new URL(`pages/${name}`, import.meta.url)));
  const pages = { board: await built("board"), react: await built("react") };
  project.provide("pages", pages);
  return () => Object.values(pages).forEach((folder) => rmSync(folder, { recursive: true }));
}
