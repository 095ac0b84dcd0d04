import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Worker } from "node:worker_threads";

/** An address that does not answer whoever connects, as if packets were lost on the way, until it wakes. */
export interface SilentListener {
  readonly port: number;
  /** From now on connections are accepted; those that wait come through with their next packet, in a second or so. */
  wake(): void;
  close(): Promise<void>;
}

/** Connections that a queue of 1 takes before it is full, on Linux. */
const taken = 2;

export async function startSilentListener(host: string, port = 0): Promise<SilentListener> {
  const awake = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("silent-listener-worker.ts", import.meta.url), {
    workerData: { host, port, awake },
  });
  const [listening] = (await once(worker, "message")) as [number];
  const fillers: Socket[] = [];
  for (let count = 0; count < taken; count++) {
    const socket = connect(listening, host);
    fillers.push(socket);
    await once(socket, "connect");
  }
  const wake = (): void => {
    Atomics.store(awake, 0, 1);
    Atomics.notify(awake, 0);
  };
  return {
    port: listening,
    wake,
    async close() {
      for (const socket of fillers) socket.destroy();
      wake();
      await worker.terminate();
    },
  };
}
