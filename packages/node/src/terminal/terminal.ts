import type { WriteStream } from "node:tty";
import { InputError, type PodRun, type RunExit, type TerminalSize } from "@kubewright/core";
import { Keyboard } from "./keyboard.ts";
import { enterRawMode } from "./raw-mode.ts";
import { followSize, otherSize, windowSize } from "./window-size.ts";

/** What is passed on to `exec`, `attach` or `debug`. */
export interface TerminalStart {
  /** What is typed. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** How large the terminal is. */
  readonly tty: TerminalSize;
}

/** How a session in the terminal ended: with an exit code, or left by ctrl-p ctrl-q. */
export type TerminalExit =
  | (RunExit & { readonly detached: false })
  | {
      /** True where it was left, and goes on. */
      readonly detached: true;
      readonly exitCode?: undefined;
    };

/** Two sessions would take turns with the keys. */
let inUse = false;

/**
 * Gives the terminal of this process to a run in a pod: every key goes there, ctrl-c too, and what is written there is shown here. Sizes
 * are passed on as the window changes. It resolves with the exit code when the run has ended, and rejects as the run does. The terminal is
 * as it was before when it has settled, and however the process ends, but by SIGKILL.
 *
 * What was attached to (`attach`, `debug`) is left by ctrl-p ctrl-q, and goes on; a ctrl-p therefore goes there with the key behind it.
 * It is told another size for a moment, so that it draws its screen anew.
 *
 * @param start starts the run with what it is given; until it has resolved the terminal stays as it is, so that ctrl-c ends the process
 * @throws InputError where the process has no terminal, or gives it to another run already, before anything is sent
 *
 * @example
 * const { exitCode } = await terminal((tty) => pods.exec("web-0", { command: ["sh"], ...tty }));
 */
export async function terminal(start: (tty: TerminalStart) => Promise<PodRun>): Promise<TerminalExit> {
  const { stdin, stdout } = process;
  if (typeof start !== "function")
    throw new InputError("start", "it must be a function, such as (tty) => pods.exec(name, { command, ...tty })");
  for (const [name, { isTTY }] of Object.entries({ stdin, stdout }))
    if (!isTTY) throw new InputError(name, "it is no terminal here; pods.exec and pods.attach work without one");
  if (inUse) throw new InputError("start", "the terminal is in use by another run; wait until it has ended");
  inUse = true;
  const keyboard = new Keyboard(stdin);
  try {
    const run = await start({ stdin: keyboard, tty: windowSize(stdout) });
    try {
      if (!keyboard.begun)
        throw new InputError("start", "the run does not read what is typed; pass on both stdin and tty");
      return await hold(run, keyboard);
    } finally {
      await run.close();
    }
  } finally {
    keyboard.stop();
    inUse = false;
  }
}

/** Holds the terminal until the run has ended, or was left. */
async function hold(run: PodRun, keyboard: Keyboard): Promise<TerminalExit> {
  const { stdin, stdout } = process;
  // This also finds out whether it has a terminal.
  run.resize(run.attached ? otherSize(windowSize(stdout)) : windowSize(stdout));
  const stopFollowing = followSize(stdout, run.attached, (size) => run.resize(size));
  const restore = enterRawMode(stdin);
  try {
    const left = new Promise<"left">((resolve) => keyboard.read(run.attached ? () => resolve("left") : undefined));
    const showing = show(run, stdout);
    // Where it is left, what becomes of it is of no interest.
    showing.catch(() => undefined);
    if ((await Promise.race([showing, left])) === "left") return { detached: true };
  } finally {
    stopFollowing();
    keyboard.stop();
    restore();
  }
  return { ...(await run.exit), detached: false };
}

/** Shows what is written, each piece when the one before it has been. */
async function show(run: PodRun, output: WriteStream): Promise<void> {
  // The write that failed says so too.
  const heard = (): void => {};
  output.on("error", heard);
  try {
    for await (const bytes of run.stdout)
      await new Promise<void>((resolve, reject) => {
        output.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
  } finally {
    output.off("error", heard);
  }
}
