import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Where the packages of a contestant are installed, and its module there. */
export interface Contestant {
  readonly folder: string;
  /** A file in `contestants/`, without extension. */
  readonly module: string;
  /** What its `open()` takes beside the server's options. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What each `open()` can choose from. */
export interface ServerOptions {
  readonly server: string;
  readonly ca: string;
  readonly token: string;
  readonly kubeconfig: string;
}

export interface Round {
  readonly count: number;
  /** Milliseconds of wall time and of CPU time of the contestant's process. */
  readonly wall: number;
  readonly cpu: number;
}

/** A process of one contestant that stays and runs rounds. */
export interface Runner {
  round(milliseconds: number, parallel: number): Promise<Round>;
  gets(count: number): Promise<void>;
  end(): Promise<void>;
}

export async function startRunner(contestant: Contestant, server: ServerOptions): Promise<Runner> {
  const child = start(contestant, "gets.mjs", [
    `./${contestant.module}.mjs`,
    JSON.stringify({ ...server, ...contestant.options }),
  ]);
  await answer(child);
  const ask = (task: object): Promise<unknown> => {
    child.send(task);
    return answer(child);
  };
  return {
    round: (milliseconds, parallel) => ask({ kind: "round", milliseconds, parallel }) as Promise<Round>,
    gets: async (count) => {
      await ask({ kind: "gets", count });
    },
    end: async () => {
      const exit = once(child, "exit");
      child.send({ kind: "end" });
      await exit;
    },
  };
}

/** Runs a script of `contestants/` in a fresh process, in which it may collect garbage, and gives what it sends. */
export async function runOnce<T>(contestant: Contestant, script: string, args: readonly string[]): Promise<T> {
  const child = start(contestant, script, args, ["--expose-gc"]);
  const exit = once(child, "exit");
  const sent = (await answer(child)) as T;
  const [code] = (await exit) as [number | null];
  if (code !== 0) throw new Error(`${script} in ${contestant.folder} ended with ${code}`);
  return sent;
}

/** {@link runOnce} with a contestant's module: a script that opens it with the server's options, and then does as `args` say. */
export function runWith<T>(
  { folder, module, options }: Contestant,
  server: ServerOptions,
  script: string,
  ...args: readonly string[]
): Promise<T> {
  return runOnce<T>({ folder, module }, script, [
    `./${module}.mjs`,
    JSON.stringify({ ...server, ...options }),
    ...args,
  ]);
}

/** A process of a contestant that runs a script of `contestants/`; flags are Node's. */
export function start(
  { folder }: Contestant,
  script: string,
  args: readonly string[],
  flags: readonly string[] = [],
): ChildProcess {
  return fork(join(folder, script), args, { cwd: folder, execArgv: [...flags], env: withoutCompileCache() });
}

function withoutCompileCache(): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE: _cache, NODE_OPTIONS: _options, ...env } = process.env;
  return env;
}

/** The next message; rejects when the process ends without one. */
function answer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a contestant ended with ${code} and no answer`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message);
    });
  });
}
