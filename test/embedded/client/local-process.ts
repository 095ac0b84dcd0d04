import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import type { ContainerProcess } from "../../../packages/testing/src/index.ts";
import { onTerminal, type TerminalEnd } from "../../support/pseudo-terminal.ts";

/** A process of this machine that is played as one of a container. */
export interface LocalProcess {
  readonly stdout: Readable;
  /** Of a terminal nothing comes here. */
  readonly stderr: Readable;
  /** The code that it ended with. Rejects where it cannot be started. */
  readonly ended: Promise<number>;
  /** Hands on what a client sends, and its end where it `ends` the input. */
  feed(client: ContainerProcess, ends: boolean): Promise<void>;
  /** Kills it, and what it has started. */
  kill(): void;
}

export interface Started {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts one with pipes. */
export function startProcess({ command: [program = "", ...rest], env }: Started): LocalProcess {
  // A group of its own, so that what it starts ends with it.
  const child = spawn(program, rest, { detached: true, env: { ...process.env, ...env } });
  // What goes to one that has ended goes nowhere, as in a pod.
  child.stdin.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const ended = once(child, "exit").then(([code, signal]) => codeOf(code as number | null, String(signal)));
  ended.catch(() => undefined);
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    async feed({ stdin }, ends) {
      for await (const data of stdin) {
        if (child.stdin.destroyed) return;
        if (!child.stdin.write(data))
          await Promise.race([new Promise<void>((resolve) => child.stdin.once("drain", resolve)), closed]);
      }
      if (ends) child.stdin.end();
    },
    kill: () => killGroup(child.pid),
  };
}

/** Starts one on a terminal of its own; `binary` is the control plane's. */
export function startOnTerminal(binary: string, { command, env }: Started): LocalProcess {
  const stdout = new PassThrough();
  const stderr = new PassThrough().end();
  const starting = onTerminal(binary, command, { ...(env && { env }), onOutput: (data) => void stdout.write(data) });
  const ended = starting.then((terminal) => terminal.ended).then(codeOfTerminal);
  const end = (): void => void stdout.end();
  ended.then(end, end);
  return {
    stdout,
    stderr,
    ended,
    async feed({ stdin, sizes }) {
      const terminal = await starting;
      const resize = async (): Promise<void> => {
        for await (const { columns, rows } of sizes) terminal.resize(columns, rows);
      };
      void resize();
      // The end of what is typed is none of the terminal's.
      for await (const data of stdin) terminal.type(data);
    },
    kill: () => void starting.then((terminal) => killGroup(terminal.pid)).catch(() => undefined),
  };
}

function codeOfTerminal({ code, signal }: TerminalEnd): number {
  return codeOf(signal === undefined ? code : null, signal === "killed" ? "SIGKILL" : "SIGTERM");
}

/** 128 and the signal's number, as shells say it. */
function codeOf(code: number | null, signal: string): number {
  return code ?? (signal === "SIGKILL" ? 137 : 143);
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
