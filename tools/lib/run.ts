import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { inRoot, root } from "./root.ts";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Show what it prints while it runs, instead of keeping it for the result. */
  readonly live?: boolean;
}

export interface RunResult {
  readonly code: number;
  /** stdout and stderr as they came, interleaved; empty with `live`. */
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Hands the signals that end us to the programs we run, and waits for none of them. */
export function passSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      for (const child of running) child.kill(signal);
      process.exit(128 + constants.signals[signal]);
    });
  }
}

/** Runs a program to its end; a program that cannot be started throws. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: options.live === true ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      resolve({ code: signal === null ? (code ?? 1) : 128 + constants.signals[signal], output });
    });
  });
}

/** Runs a Node tool from a package's own file, without a shell script in between. */
export function runNode(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return run(process.execPath, [file, ...args], options);
}

/** The command line of TypeScript 7. */
export function tsc(args: readonly string[]): Promise<RunResult> {
  return runNode(inRoot("node_modules", "typescript", "bin", "tsc"), args);
}

/** The first line a program prints for these arguments; undefined where it is not there or fails. */
export function probe(program: string, args: readonly string[]): string | undefined {
  const result = spawnSync(program, args, { encoding: "utf8", cwd: root });
  return result.status === 0 ? result.stdout.trim().split("\n")[0] : undefined;
}
