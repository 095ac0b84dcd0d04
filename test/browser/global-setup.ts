import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { buildPage as buildDashboard } from "../../examples/dashboard/server/build-page.ts";
import { buildPage } from "./harness/build-page.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folders of the built pages; `later` is another build of the board, to be served below `/later/`. */
    pages: Readonly<Record<"board" | "later" | "react" | "podStreams" | "dashboard", string>>;
  }
}

/** Builds the pages once per run. */
export async function setup(project: TestProject): Promise<() => void> {
  const page = (name: string): string => fileURLToPath(new URL(`pages/${name}`, import.meta.url));
  const pages = {
    board: await buildPage(page("board")),
    later: await buildPage(page("board"), "later", "/later/"),
    react: await buildPage(page("react")),
    podStreams: await buildPage(page("pod-streams")),
    dashboard: (await buildDashboard()).folder,
  };
  project.provide("pages", pages);
  return () => {
    for (const folder of Object.values(pages)) rmSync(folder, { recursive: true });
  };
}
