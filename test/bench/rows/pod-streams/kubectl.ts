import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { kubectlEnvironment } from "../../../controlplane/kubectl.ts";
import type { Cost } from "./cost.ts";
import type { Place } from "./place.ts";

/** What a process of kubectl took, in milliseconds, and how it ended. */
export interface KubectlRun extends Cost {
  readonly code: number;
}

/** Runs the real kubectl; a shell counts its CPU time. Its output goes nowhere, its input comes from a file. */
export async function timedKubectl(
  { controlPlane }: Pick<Place, "controlPlane">,
  args: readonly string[],
  inputFile = "/dev/null",
): Promise<KubectlRun> {
  const input = openSync(inputFile, "r");
  try {
    const began = performance.now();
    const script = '"$@" >/dev/null; code=$?; times; exit $code';
    const child = spawn("sh", ["-c", script, "sh", controlPlane.binary, "kubectl", ...args], {
      env: { ...process.env, ...kubectlEnvironment(controlPlane), KUBECONFIG: controlPlane.admin.kubeconfig },
      stdio: [input, "pipe", "pipe"],
    });
    const ended = new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve(code ?? 1));
    });
    const [said, complaints, code] = await Promise.all([text(child.stdout!), text(child.stderr!), ended]);
    const wall = performance.now() - began;
    if (code !== 0 && !/exit code \d+|i\/o timeout|reset/.test(complaints))
      throw new Error(`kubectl ${args.join(" ")}: ${code}\n${complaints}`);
    return { code, wall, cpu: cpuOf(said) };
  } finally {
    closeSync(input);
  }
}

/** The last line of the shell's `times` is what its children took: user, then system. */
function cpuOf(times: string): number {
  const last = times.trim().split("\n").at(-1) ?? "";
  const parts = [...last.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`the shell's times are ${times}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}
