import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

// Listens and then stands still: the system answers connections until its queue is full, and lets those that come later wait.

const { host, port, awake } = workerData as { host: string; port: number; awake: Int32Array };
const server = createServer((socket) => void socket.on("error", () => {}).resume());
server.listen({ host, port, backlog: 1 }, () => {
  parentPort?.postMessage((server.address() as AddressInfo).port);
  Atomics.wait(awake, 0, 0);
});
