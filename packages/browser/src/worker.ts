import { messagePort, type PlatformPort } from "./ports/port.ts";
import { serveTabs } from "./sharing/serve-tabs.ts";

// The code of a shared worker: holds the watches of all tabs of one build. What it connects to, its tabs tell it.
const { join } = serveTabs();

/** A shared worker, as far as it is used. */
interface WorkerScope {
  onconnect: (event: { readonly ports: readonly PlatformPort[] }) => void;
}

// A property, which harms nobody where this is loaded as anything else.
(globalThis as unknown as WorkerScope).onconnect = ({ ports: [port] }) => {
  if (port !== undefined) join(messagePort(port));
};
