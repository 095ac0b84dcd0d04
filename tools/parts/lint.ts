import { runNode, type RunResult } from "../lib/run.ts";
import { inRoot } from "../lib/root.ts";
import { Checks, type Part, type PartResult } from "./part.ts";

/** Two checks: oxlint with its type-aware rules, and the format. */
export const lint: Part = {
  name: "lint",
  budget: 40,
  async run(): Promise<PartResult> {
    const checks = new Checks();
    checks.record("oxlint", await oxlint([]));
    checks.record("format (npm run format fixes it)", await oxfmt(["--check"]));
    return checks.result;
  },
};

function oxlint(args: readonly string[]): Promise<RunResult> {
  return runNode(inRoot("node_modules", "oxlint", "bin", "oxlint"), args);
}

/** Formats, or with --check only looks; the settings are in .oxfmtrc.json. */
export function oxfmt(args: readonly string[]): Promise<RunResult> {
  return runNode(inRoot("node_modules", "oxfmt", "bin", "oxfmt"), args);
}
