import { spawn, type ChildProcess } from "node:child_process";
import { on, once } from "node:events";
import { createInterface } from "node:readline";
import { start, type Contestant, type ServerOptions } from "./contestants.ts";

/** A process of a contestant that stays and does one task after another. */
export interface TaskProcess extends AsyncDisposable {
  readonly pid: number;
  /** Gives it a task; resolves with the first answer. */
  ask<T>(task: string, how?: object): Promise<T>;
  /** What it says next. */
  answer<T>(): Promise<T>;
}

/** One with Node, whose tasks are those of a script of `contestants/`. */
export async function startNode(
  { folder, module, options }: Contestant,
  server: ServerOptions,
  script: string,
): Promise<TaskProcess> {
  const args = [`./${module}.mjs`, JSON.stringify({ ...server, ...options })];
  const child = start({ folder, module }, script, args, ["--expose-gc"]);
  const messages = on(child, "message", { close: ["exit"] }) as AsyncIterator<[unknown]>;
  return started(child, {
    send: (task) => child.send(task),
    next: async () => {
      const { value } = (await messages.next()) as { value?: [unknown] };
      return value?.[0];
    },
    end: () => {
      if (child.connected) child.disconnect();
    },
  });
}

/** One on client-go, which reads and writes lines. */
export async function startGo(program: string, args: readonly string[]): Promise<TaskProcess> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return started(child, {
    send: (task) => child.stdin.write(`${JSON.stringify(task)}\n`),
    next: async () => {
      const { value } = (await lines.next()) as { value?: string };
      return value === undefined ? undefined : (JSON.parse(value) as unknown);
    },
    end: () => child.stdin.end(),
  });
}

interface Wire {
  send(task: object): void;
  /** Undefined when it ended. */
  next(): Promise<unknown>;
  end(): void;
}

async function started(child: ChildProcess, { send, next, end }: Wire): Promise<TaskProcess> {
  const exit = once(child, "exit");
  const answer = async <T>(): Promise<T> => {
    const said = await next();
    if (said === undefined) throw new Error(`a contestant ended with ${String((await exit)[0])} and no answer`);
    return said as T;
  };
  await answer(); // it is connected
  return {
    pid: child.pid!,
    answer,
    ask: (task, how) => {
      send({ task, ...how });
      return answer();
    },
    async [Symbol.asyncDispose]() {
      end();
      await exit;
    },
  };
}
