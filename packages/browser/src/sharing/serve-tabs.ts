import { type Clock, systemClock } from "@kubewright/core";
import type { Port } from "../ports/port.ts";
import { createHub, type Hub, type HubTab } from "./hub.ts";
import type { HubKey, ToServer } from "./messages.ts";

/** What serves tabs, whatever place each of them connects to. */
export interface TabServer {
  /** A tab came. */
  join(port: Port): void;
  /** Serves nobody any more. */
  close(): void;
}

/** Makes one; a hub for each place and session lives while a tab needs it. */
export function serveTabs(clock: Clock = systemClock, fetch?: typeof globalThis.fetch): TabServer {
  const hubs = new Map<string, Hub>();

  const hubOf = ({ baseUrl, session }: HubKey): Hub => {
    const key = JSON.stringify([baseUrl, session]);
    const found = hubs.get(key);
    if (found !== undefined) return found;
    const hub = createHub({
      baseUrl,
      clock,
      fetch,
      foreign() {
        if (hubs.get(key) === hub) hubs.delete(key);
        hub.close();
      },
    });
    hubs.set(key, hub);
    return hub;
  };

  return {
    join(port) {
      let tab: HubTab | undefined;
      port.listen((given) => {
        const message = given as ToServer;
        if (message.type === "hello") {
          tab?.leave();
          tab = hubOf(message).join(port, message);
        } else if (message.type === "bye") {
          tab?.leave();
          port.close();
        } else {
          tab?.take(message);
        }
      });
    },
    close() {
      for (const hub of hubs.values()) hub.close();
      hubs.clear();
    },
  };
}
