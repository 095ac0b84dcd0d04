import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { ControlPlaneInfo, TokenUser } from "./info.ts";

export interface KubectlOptions {
  /** Path of a kubeconfig; default: the admin's. */
  readonly kubeconfig?: string;
  /** Text for standard input. */
  readonly input?: string;
  /** Give back a non-zero exit code as a result; default: it is an error. */
  readonly allowFailure?: boolean;
  readonly signal?: AbortSignal;
}

/** Where it is, where it may write, and where the server is: a control plane has all of it. */
export interface KubectlPlace extends Pick<ControlPlaneInfo, "binary" | "dir"> {
  readonly admin: Pick<TokenUser, "kubeconfig">;
}

export interface KubectlResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real kubectl. Its caches stay in the control plane's folder, and the user's own settings are not read. */
export async function kubectl(
  info: KubectlPlace,
  args: readonly string[],
  options: KubectlOptions = {},
): Promise<KubectlResult> {
  const child = spawn(info.binary, ["kubectl", ...args], {
    env: { ...process.env, ...kubectlEnvironment(info), KUBECONFIG: options.kubeconfig ?? info.admin.kubeconfig },
    stdio: ["pipe", "pipe", "pipe"],
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
  // kubectl need not read its input to the end, and then the pipe breaks: not our failure.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0 && options.allowFailure !== true) {
    throw new Error(`kubectl ${args.join(" ")}: exit code ${code}\n${stderr}${stdout}`);
  }
  return { code, stdout, stderr };
}

/** What keeps kubectl away from the home folder. */
export function kubectlEnvironment(info: Pick<KubectlPlace, "dir">): Record<string, string> {
  return { KUBECACHEDIR: `${info.dir}/kubectl-cache`, KUBECTL_KUBERC: "false" };
}
