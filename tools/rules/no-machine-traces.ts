import { homedir } from "node:os";
import { root } from "../lib/root.ts";
import type { Repo, Rule } from "./repo.ts";

/** Nothing tracked may know where it was written or which registry was asked. */
export const noMachineTraces: Rule = {
  name: "no paths of a machine, no registry hosts",
  check: (repo) => machineTraces(repo, [root, homedir()]),
};

// In two pieces, so that this file does not breach its own rule.
const registry = new RegExp(["registry", "(npmjs\\.org|yarnpkg\\.com|npmmirror\\.com)"].join("\\."));

export function machineTraces(repo: Repo, folders: readonly string[]): readonly string[] {
  const forbidden = folders.filter((folder) => folder.length > 1).map((folder) => `${folder}/`);
  const problems: string[] = [];
  for (const path of repo.paths) {
    for (const [index, line] of repo.text(path).split("\n").entries()) {
      const found = registry.exec(line)?.[0] ?? forbidden.find((folder) => line.includes(folder));
      if (found !== undefined) problems.push(`${path}:${index + 1}: ${found}`);
    }
  }
  return problems;
}
