import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { whyNoControlPlane } from "./needs.ts";
import { inRoot, root } from "./root.ts";

/**
 * Hands the command over to a script of the repository: same terminal, same arguments, its exit code is ours.
 * Workspace packages are used from their TypeScript sources.
 */
export function spawnScript(path: string, args: readonly string[] = process.argv.slice(2)): void {
  const file = inRoot(...path.split("/"));
  if (!existsSync(file)) {
    console.error(`${path} does not exist`);
    process.exitCode = 1;
    return;
  }
  const child = spawn(process.execPath, ["--conditions=kubewright-source", file, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group; sending it again would count as a second one.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => {
    throw error;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}

/** The same for a script that starts the real control plane, unless it is told to use another cluster or to explain itself. */
export function spawnOnControlPlane(path: string, refusal: (why: string) => string): void {
  const args = process.argv.slice(2);
  const needless = args.some((arg) => arg === "--help" || /^--kubeconfig(=|$)/.test(arg));
  const why = needless ? undefined : whyNoControlPlane();
  if (why === undefined) {
    spawnScript(path, args);
  } else {
    console.error(refusal(why));
    process.exitCode = 1;
  }
}
