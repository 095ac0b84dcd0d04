import { messagePort, type PlatformPort } from "./ports/port.ts";
import { serveTabs } from "./sharing/serve-tabs.ts";

// The code of a shared worker: holds the watches of all tabs of one build. What it connects to, its tabs tell it.
const { join } = serveTabs();

/** A shared worker, as far as it is used. */
interface WorkerScope {
  addEventListener?(type: "connect", listener: (event: { readonly ports: readonly PlatformPort[] }) => void): void;
}

// Whoever else imports this, such as a check of all modules, is told nothing.
(globalThis as unknown as WorkerScope).addEventListener?.("connect", ({ ports: [port] }) => {
  if (port !== undefined) join(messagePort(port));
});
