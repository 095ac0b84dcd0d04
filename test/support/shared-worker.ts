import { MessageChannel, Worker } from "node:worker_threads";
import type { ProxyConnectOptions } from "@kubewright/browser";

/** A shared worker in a thread of its own, which runs the code that pages share their watches by. */
export interface SharedWorkerThread {
  /** As `new SharedWorker(…)`: each call is a tab's. */
  readonly worker: NonNullable<ProxyConnectOptions["worker"]>;
  close(): Promise<void>;
}

export function startSharedWorker(): SharedWorkerThread {
  const thread = new Worker(new URL("shared-worker-thread.ts", import.meta.url), {
    execArgv: ["--conditions=kubewright-source"],
  });
  const errors = new Set<(event: object) => void>();
  thread.on("error", (error) => {
    for (const listener of errors) listener({ message: String(error) });
  });
  return {
    worker() {
      const { port1, port2 } = new MessageChannel();
      thread.postMessage(port2, [port2]);
      // The types of Node's events know no data.
      const port = port1 as unknown as ReturnType<SharedWorkerThread["worker"]>["port"];
      return { port, addEventListener: (_type, listener) => void errors.add(listener) };
    },
    async close() {
      await thread.terminate();
    },
  };
}
