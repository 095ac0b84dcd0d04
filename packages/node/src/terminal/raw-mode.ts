import type { ReadStream } from "node:tty";

/**
 * Signals that end a process at once, without a word to it. After SIGINT and SIGTERM Node itself resets the terminal, where nobody
 * listens to them: https://nodejs.org/api/process.html#signal-events
 */
const deadly = ["SIGHUP", "SIGQUIT"] as const satisfies readonly NodeJS.Signals[];

/**
 * Puts a terminal into raw mode: each key comes as it is typed, ctrl-c too, and nothing is echoed. Gives what restores it, which also
 * happens when the process ends: by `process.exit`, an error that nobody caught, or a signal that nobody else handles.
 */
export function enterRawMode(input: ReadStream): () => void {
  const before = input.isRaw;
  const restore = (): void => {
    process.off("exit", restore);
    for (const signal of deadly) process.off(signal, killed);
    process.off("SIGCONT", continued);
    input.setRawMode(before);
  };
  const killed = (signal: NodeJS.Signals): void => {
    // Whoever else listens decides what it means.
    if (process.listenerCount(signal) > 1) return;
    restore();
    process.kill(process.pid, signal);
  };
  // Whoever stopped the process has put the terminal into a mode of its own, of which Node does not know.
  const continued = (): void => {
    input.setRawMode(false);
    input.setRawMode(true);
  };
  input.setRawMode(true);
  process.on("exit", restore);
  for (const signal of deadly) process.on(signal, killed);
  process.on("SIGCONT", continued);
  return restore;
}
