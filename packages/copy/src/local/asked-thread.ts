import { Worker } from "node:worker_threads";

/** An answer, and what of it is handed over instead of being copied. */
export interface Answer<A> {
  readonly answer: A;
  readonly moved: readonly ArrayBuffer[];
}

/**
 * What a thread does, made there. It gets there as text, whatever a bundler makes of its file, so it names nothing that stands outside of
 * it, and takes Node's modules by `process.getBuiltinModule`.
 */
export type ThreadProgram<Q, A> = () => (question: Q) => Answer<A> | Promise<Answer<A>>;

/**
 * A thread that answers questions, one after the other. Each step that is done with a file costs more than the step itself where the
 * event loop waits for it; a thread does many without waiting, and holds up nobody.
 */
export class AskedThread<Q, A> {
  readonly #worker: Worker;
  #asked: { resolve(answer: A): void; reject(error: unknown): void } | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    const ended = (error: unknown): void => this.#asked?.reject(error);
    worker.on("message", (answer: A) => this.#asked?.resolve(answer));
    worker.on("error", ended);
    worker.on("exit", () => ended(new Error("the thread that reads or writes files ended")));
  }

  /** Rejects where there can be no threads. */
  static async start<Q, A>(program: ThreadProgram<Q, A>): Promise<AskedThread<Q, A>> {
    // It needs nothing of what this process was started with.
    const worker = new Worker(`(${serve.toString()})((${program.toString()})());`, {
      eval: true,
      execArgv: [],
      env: {},
    });
    await new Promise((resolve, reject) => {
      worker.once("online", () => resolve(undefined));
      worker.once("error", reject);
    });
    return new AskedThread<Q, A>(worker);
  }

  /** The one before must have been answered. */
  ask(question: Q, moved: readonly ArrayBuffer[] = []): Promise<A> {
    return new Promise<A>((resolve, reject) => {
      this.#asked = { resolve, reject };
      this.#worker.postMessage(question, moved);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}

function serve(respond: ReturnType<ThreadProgram<unknown, unknown>>): void {
  const { parentPort } = process.getBuiltinModule("node:worker_threads");
  const serveOne = async (question: unknown): Promise<void> => {
    const { answer, moved } = await respond(question);
    parentPort?.postMessage(answer, moved);
  };
  parentPort?.on("message", (question: unknown) => void serveOne(question));
}
