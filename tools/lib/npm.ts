import { run, runNode, type RunResult } from "./run.ts";

/** The npm that started us, else the one on PATH. */
export function npm(args: readonly string[], cwd: string): Promise<RunResult> {
  const cli = process.env["npm_execpath"];
  if (cli?.endsWith("npm-cli.js") === true) return runNode(cli, args, { cwd });
  return run(process.platform === "win32" ? "npm.cmd" : "npm", args, { cwd });
}
