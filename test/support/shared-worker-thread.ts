import { type MessagePort, parentPort } from "node:worker_threads";

type Listener = (event: { readonly ports: readonly MessagePort[] }) => void;

/** The scope of a shared worker: tabs come by events. */
const listeners: Listener[] = [];
Object.assign(globalThis, { addEventListener: (_type: "connect", listener: Listener) => listeners.push(listener) });
await import("@kubewright/browser/worker");
parentPort?.on("message", (port: MessagePort) => {
  for (const listener of listeners) listener({ ports: [port] });
});
