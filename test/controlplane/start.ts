import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildControlPlane, type Say } from "./build.ts";
import type { ControlPlaneInfo } from "./info.ts";
import { kubectl, type KubectlOptions, type KubectlResult } from "./kubectl.ts";

export interface StartOptions {
  /** Serve every group and version, alpha and beta too. Default true: it costs no measurable time. */
  readonly allApis?: boolean;
  /** Only etcd and the API server: no controllers, no scheduler, no node. Default false. */
  readonly apiOnly?: boolean;
  /** A second API server on the same etcd (one more process of about 300 MB). Default false. */
  readonly second?: boolean;
  /** An API server with `--watch-cache=false` on the same etcd (one more process). Default false. */
  readonly noWatchCache?: boolean;
  /** Further flags of every API server, such as `--oidc-issuer-url=https://127.0.0.1:8443`. Default: none. */
  readonly apiServerFlags?: readonly string[];
  /** Gets what takes long, such as the first build. Default: standard error. */
  readonly say?: Say;
}

export interface ControlPlane extends ControlPlaneInfo, AsyncDisposable {
  /** Runs the real kubectl, as admin unless told otherwise. */
  kubectl(args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>;
  /** The plain data in it, for another process or worker. */
  info(): ControlPlaneInfo;
  /** Stops every process and removes everything. May be called again. */
  stop(): Promise<void>;
  /** Settles when the control plane has ended: resolved after stop(), rejected when one of its processes died. */
  readonly ended: Promise<void>;
}

/** Starts a real control plane on free ports of the loopback address. It ends with stop(), or with this process. */
export async function startControlPlane(options: StartOptions = {}): Promise<ControlPlane> {
  const binary = await buildControlPlane(options.say);
  const dir = mkdtempSync(join(tmpdir(), "kubewright-controlplane-"));
  const child = spawn(binary, ["up", "--dir", dir, ...flags(options)], { stdio: ["pipe", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    complaints = (complaints + chunk).slice(-20_000);
  });
  // Ends with the first of: it could not be started, it has ended.
  const ended = exitOf(child).then(
    (how) => {
      // It removes its folder itself, unless it was killed.
      rmSync(dir, { recursive: true, force: true });
      if (how !== "exit code 0") throw new Error(`The control plane ended with ${how}.\n${complaints}`);
    },
    (cause: unknown) => {
      rmSync(dir, { recursive: true, force: true });
      throw cause;
    },
  );
  ended.catch(() => undefined); // whoever waits for it gets the error
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  child.stdin.on("error", () => undefined); // it ended first; `ended` says why

  const line = await Promise.race([firstLine(child), ended.then(() => undefined)]);
  if (line === undefined) throw new Error(`The control plane ended before it was ready.\n${complaints}`);
  const info: ControlPlaneInfo = { ...(JSON.parse(line) as Omit<ControlPlaneInfo, "binary">), binary };
  return {
    ...info,
    kubectl: (args, kubectlOptions) => kubectl(info, args, kubectlOptions),
    info: () => info,
    stop,
    ended,
    [Symbol.asyncDispose]: stop,
  };
}

function flags(options: StartOptions): string[] {
  const chosen: [flag: string, on: boolean][] = [
    ["--all-apis", options.allApis ?? true],
    ["--api-only", options.apiOnly ?? false],
    ["--second", options.second ?? false],
    ["--no-watch-cache", options.noWatchCache ?? false],
  ];
  const further = (options.apiServerFlags ?? []).map((flag) => `--api-server-flag=${flag}`);
  return [...chosen.filter(([, on]) => on).map(([flag]) => flag), ...further];
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
}

/** The first line of its output. Never settles if there is none. */
function firstLine(child: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: child.stdout }).once("line", resolve);
  });
}
