import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a terminal treats what is typed and written: everything true is cooked, everything false raw. */
export interface TerminalMode {
  readonly canonical: boolean;
  readonly echo: boolean;
  readonly signals: boolean;
  readonly output: boolean;
}

/** How a program on a terminal ended: `signal` in words, such as "terminated". */
export interface TerminalEnd {
  readonly code: number;
  readonly signal?: string;
  /** The terminal's, once the program had ended. */
  readonly mode: TerminalMode;
}

/** A program on a real pseudo terminal. */
export interface PseudoTerminal extends AsyncDisposable {
  readonly pid: number;
  /** All that was shown so far. */
  readonly shown: string;
  readonly ended: Promise<TerminalEnd>;
  type(text: string | Uint8Array): void;
  resize(columns: number, rows: number): void;
  mode(): Promise<TerminalMode>;
}

type Told = { started: number } | { output: string } | { mode: TerminalMode } | { exit: TerminalEnd };

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what is shown, as it comes. */
  readonly onOutput?: (data: Buffer) => void;
}

/** Runs a program on a terminal of its own; `binary` is the control plane's, whose command this is. */
export async function onTerminal(
  binary: string,
  program: readonly string[],
  { columns = 80, rows = 24, env = {}, onOutput }: TerminalOptions = {},
): Promise<PseudoTerminal> {
  const args = ["terminal", "--columns", String(columns), "--rows", String(rows), ...program];
  const child = spawn(binary, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "inherit"] });
  const decoder = new TextDecoder();
  const modes: ((mode: TerminalMode) => void)[] = [];
  let shown = "";
  let started: ((pid: number) => void) | undefined;
  const pid = new Promise<number>((resolve) => (started = resolve));
  const ended = new Promise<TerminalEnd>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const told = JSON.parse(line) as Told;
      if ("started" in told) started?.(told.started);
      else if ("output" in told) {
        const data = Buffer.from(told.output, "base64");
        shown += decoder.decode(data, { stream: true });
        onOutput?.(data);
      } else if ("mode" in told) modes.shift()?.(told.mode);
      else resolve(told.exit);
    });
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`the terminal ended with code ${code}; it showed: ${shown}`)));
  });
  ended.catch(() => undefined);
  const ask = (request: object): void => void child.stdin.write(`${JSON.stringify(request)}\n`);
  return {
    pid: await Promise.race([pid, ended.then(() => -1)]),
    ended,
    get shown() {
      return shown;
    },
    type: (text) => ask({ type: Buffer.from(text).toString("base64") }),
    resize: (toColumns, toRows) => ask({ columns: toColumns, rows: toRows }),
    mode: () =>
      new Promise((resolve, reject) => {
        modes.push(resolve);
        ended.then(({ mode }) => resolve(mode), reject);
        ask({ mode: true });
      }),
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended.catch(() => undefined);
    },
  };
}
