import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { buildControlPlane, type Say } from "./build.ts";
import { type Answer, createControl, type Request } from "./control.ts";
import type { ControlPlaneInfo, ProcessName } from "./info.ts";
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
  /** Feature gates of the kubelet, such as `ExtendWebSocketsToKubelet=false`. Default: its own. */
  readonly kubeletFeatureGates?: string;
  /** When containers' logs are rotated. Default: the kubelet's own, 10 MiB and 5 files, looked at every 10 s. */
  readonly logRotation?: LogRotation;
  /** When the container runtime ends a stream (exec, attach, port-forward) on which nothing was sent, in seconds. Default: four hours. */
  readonly streamIdleSeconds?: number;
  /** Gets what takes long, such as the first build. Default: standard error. */
  readonly say?: Say;
}

/** When the kubelet begins a new file for a container's log. */
export interface LogRotation {
  /** Beyond this size, such as `16Ki`. */
  readonly maxSize: string;
  /** How often it looks, in seconds; kubelets that are configured by a file refuse less than 3. */
  readonly everySeconds: number;
  /** How many files of a container's log stay; at least 2. The API server shows the newest alone. */
  readonly maxFiles: number;
}

/** A copy of etcd's state: whatever was in the cluster at one moment. */
export interface Snapshot {
  /** Where it lies, below the control plane's folder. */
  readonly folder: string;
}

export interface ControlPlane extends ControlPlaneInfo, AsyncDisposable {
  /** Runs the real kubectl, as admin unless told otherwise. */
  kubectl(args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>;
  /** The plain data in it, for another process or worker. */
  info(): ControlPlaneInfo;

  /**
   * Ends a process at once (SIGKILL); its connections break. Everything else goes on. The kubelet's containers die with it.
   * This and the following methods reject when there is no such process, or it does not run (for `start`: runs already).
   */
  kill(name: ProcessName): Promise<void>;
  /** Stops every process and removes everything. May be called again. */
  stop(): Promise<void>;
  /** Asks a process to end (SIGTERM), and kills it after 10 s, which an API server takes while watches are open. Everything else goes on. */
  stop(name: ProcessName): Promise<void>;
  /**
   * Starts a process that was killed or stopped again, as it was: same port, same flags. Resolves when it is ready: an API server
   * by /readyz, etcd when it answers, the kubelet when it serves, the controller manager and the scheduler when they run.
   * An API server needs etcd, the controller manager an API server: without, they die after a while, and that ends everything.
   * Rejects when it is not ready after 90 s.
   */
  start(name: ProcessName): Promise<void>;
  /** Halts a process (SIGSTOP): its connections stay and nobody answers. Resolves when none of its threads runs. */
  pause(name: ProcessName): Promise<void>;
  /** Lets a halted process go on (SIGCONT). */
  resume(name: ProcessName): Promise<void>;

  /** Copies etcd's state, also while everything runs (etcd is halted for a moment). The copy is removed with the control plane. */
  snapshot(): Promise<Snapshot>;
  /**
   * Kills every process, gives etcd the state of the copy, and starts again those that ran, on their ports. What was written
   * since is gone, and resourceVersions begin again at the copy's. Resolves when all are ready. May be repeated with a copy.
   */
  restore(copy: Snapshot): Promise<void>;
  /**
   * Compacts etcd: forgets the revisions before the given one, by default the newest; gives that revision.
   * A watch or continued list from before then gets 410 where API servers read from etcd: Events everywhere, and all resources
   * at `noWatchCacheServer`. A server with a watch cache goes on serving the versions it remembers; it forgets those before
   * its start, so kill and start it.
   */
  compact(revision?: string): Promise<string>;

  /** Settles when the control plane has ended: resolved after stop(), rejected when a process died and nobody had asked for it. */
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
  const control = createControl(child.stdin);
  ended.then(
    () => control.end(new Error("The control plane was stopped.")),
    (error: Error) => control.end(error), // whoever waits for `ended` gets it, too
  );
  const stopAll = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  child.stdin.on("error", () => undefined); // it ended first; `ended` says why

  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([firstLine(lines), ended.then(() => undefined)]);
  if (line === undefined) throw new Error(`The control plane ended before it was ready.\n${complaints}`);
  lines.on("line", (answer) => control.take(answer));
  const info = { ...(JSON.parse(line) as Omit<ControlPlaneInfo, "binary">), binary };
  const ask = async (request: Request): Promise<Answer> => {
    const answer = await control.ask(request);
    info.processes = answer.processes;
    return answer;
  };
  return {
    ...info,
    get processes() {
      return info.processes;
    },
    kubectl: (args, kubectlOptions) => kubectl(info, args, kubectlOptions),
    info: () => ({ ...info }),
    kill: async (name) => void (await ask({ action: "kill", name })),
    stop: async (name?: ProcessName) => (name === undefined ? stopAll() : void (await ask({ action: "stop", name }))),
    start: async (name) => void (await ask({ action: "start", name })),
    pause: async (name) => void (await ask({ action: "pause", name })),
    resume: async (name) => void (await ask({ action: "resume", name })),
    snapshot: async () => ({ folder: (await ask({ action: "snapshot" })).folder ?? "" }),
    restore: async ({ folder }) => void (await ask({ action: "restore", folder })),
    compact: async (revision = "0") => (await ask({ action: "compact", revision })).revision ?? "",
    ended,
    [Symbol.asyncDispose]: stopAll,
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
  const kubelet = kubeletFlags(options).map((flag) => `--kubelet-flag=${flag}`);
  return [...chosen.filter(([, on]) => on).map(([flag]) => flag), ...further, ...kubelet];
}

function kubeletFlags({ kubeletFeatureGates, logRotation, streamIdleSeconds }: StartOptions): readonly string[] {
  const given: string[] = [];
  if (kubeletFeatureGates !== undefined) given.push(`--feature-gates=${kubeletFeatureGates}`);
  if (logRotation !== undefined) {
    given.push(`--container-log-max-size=${logRotation.maxSize}`);
    given.push(`--container-log-monitor-interval=${logRotation.everySeconds}s`);
    given.push(`--container-log-max-files=${logRotation.maxFiles}`);
  }
  if (streamIdleSeconds !== undefined) given.push(`--stream-idle-timeout=${streamIdleSeconds}s`);
  return given;
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
}

function firstLine(lines: Interface): Promise<string> {
  return new Promise((resolve) => {
    lines.once("line", resolve);
  });
}
