import { spawn } from "node:child_process";
import { once } from "node:events";
import { ConnectionError, type ExecOptions, type ExecPromise, type PodRun, type Stream } from "@kubewright/core";
import type { PodsWithFiles } from "@kubewright/copy";

/** What becomes of a command's session. */
export interface LocalSession {
  /** The connection breaks once so many bytes of the output have come. */
  readonly cutOutputAfter?: number;
  /** So many bytes of the output come, and then its end, as if the command had written no more. */
  readonly endOutputAfter?: number;
  /** The connection breaks once so many bytes of the input were sent; the command sees its end. */
  readonly cutInputAfter?: number;
  /** The command sees the end of its input after so many bytes, and its session goes on. */
  readonly endInputAfter?: number;
}

/** Clients of pods whose commands run on this machine, without a server. `session` is asked for each command, from 0 on. */
export function localPods(
  env: Readonly<Record<string, string>> = {},
  session: (index: number, command: readonly string[]) => LocalSession = () => ({}),
  pod: object = {},
): PodsWithFiles {
  let count = 0;
  const exec = (_: string, options: ExecOptions): ExecPromise =>
    Object.assign(Promise.resolve(runHere(options, env, session(count++, options.command))), {
      output: () => Promise.reject(new Error("not played")),
    });
  return { exec, get: () => Promise.resolve(pod) } as unknown as PodsWithFiles;
}

function runHere(options: ExecOptions, env: object, cuts: LocalSession): PodRun {
  const [program = "", ...args] = options.command;
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: "pipe" });
  let breakIt: (error: unknown) => void = () => {};
  const broken = new Promise<never>((_, reject) => (breakIt = reject));
  broken.catch(() => undefined);
  const cut = (): void => breakIt(new ConnectionError("NoExitStatus: the connection was cut by the test"));
  options.signal?.addEventListener("abort", () => breakIt(options.signal?.reason));
  broken.catch(() => {
    child.stdin.end();
    child.stdout.destroy();
    child.stderr.destroy();
  });
  const exit = Promise.race([
    broken,
    new Promise<{ exitCode: number }>((resolve) => {
      child.on("error", () => resolve({ exitCode: 126 }));
      child.on("close", (code, signal) => resolve({ exitCode: signal === null ? (code ?? 1) : 137 }));
    }),
  ]);
  exit.catch(() => undefined);
  child.stdin.on("error", () => undefined);

  async function* output(): AsyncGenerator<Uint8Array> {
    let left = cuts.cutOutputAfter ?? cuts.endOutputAfter ?? Infinity;
    const pieces = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    for (;;) {
      const { done, value } = await Promise.race([pieces.next(), broken]);
      if (done === true) return;
      if (value.length >= left) {
        if (left > 0) yield value.subarray(0, left);
        if (cuts.endOutputAfter !== undefined) {
          while ((await pieces.next()).done !== true) left = 0;
          return;
        }
        cut();
        await broken;
      }
      left -= value.length;
      yield value;
    }
  }

  async function feed(): Promise<void> {
    let left = cuts.cutInputAfter ?? cuts.endInputAfter ?? Infinity;
    const pieces = options.stdin as AsyncIterable<Uint8Array>;
    for await (const piece of pieces) {
      if (piece.length >= left) {
        child.stdin.write(piece.subarray(0, left));
        if (cuts.cutInputAfter !== undefined) cut();
        else child.stdin.end();
        return;
      }
      left -= piece.length;
      // What the command does not take any more is let go.
      await new Promise<void>((resolve) => child.stdin.write(piece, () => resolve()));
    }
    child.stdin.end();
  }
  if (options.stdin === undefined) child.stdin.end();
  else feed().catch(breakIt);

  const close = async (): Promise<void> => {
    cut();
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) await once(child, "close");
  };
  const streamOf = (source: AsyncIterable<Uint8Array>): Stream<Uint8Array> =>
    Object.assign(
      { [Symbol.asyncIterator]: () => source[Symbol.asyncIterator]() },
      { close },
    ) as unknown as Stream<Uint8Array>;
  return { stdout: streamOf(output()), stderr: streamOf(child.stderr), exit, close } as unknown as PodRun;
}
