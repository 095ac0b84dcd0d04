import type { Duplex } from "node:stream";

import { createHealth } from "./h2-health.ts";
import type { HealthTimes } from "./h2-health.ts";
import { H2Session, usualLimit } from "./h2-session.ts";
import type { SessionListener } from "./h2-session.ts";
import type { ServerAddress } from "../dial/server-address.ts";

/** The HTTP/2 sessions of one transport. */
export interface H2Pool {
  /** A session with room that was heard of lately. */
  take(streaming: boolean): H2Session | undefined;
  /** Where there is only a session with room that was silent for long: asks it, and resolves to whether it lives. */
  revive(streaming: boolean): Promise<boolean> | undefined;
  add(socket: Duplex): H2Session;
  retire(): void;
  /** Ends every session; resolves when all are gone. */
  close(reason: unknown): Promise<void>;
}

export function createH2Pool(address: ServerAddress, times: HealthTimes): H2Pool {
  const health = createHealth(times, address.hostPort);
  const sessions = new Set<H2Session>();
  let emptied: (() => void) | undefined;

  // Remembered for the next session: what is sent before its SETTINGS come would be refused.
  let limit = usualLimit;
  const listener: SessionListener = {
    limited(streams) {
      // A server that takes nothing at the moment may take something on another connection; with 0 none would ever be tried.
      if (streams > 0) limit = streams;
    },
    closed(session) {
      sessions.delete(session);
      health.forget(session);
      if (sessions.size === 0) emptied?.();
    },
  };
  const isDoubtful = (session: H2Session): boolean =>
    session.asked || (session.open === 0 && session.quietMs() > times.staleMs);

  return {
    take(streaming) {
      for (const session of sessions) {
        if (session.inService && session.hasRoom(streaming) && !isDoubtful(session)) return session;
      }
      return undefined;
    },
    revive(streaming) {
      for (const session of sessions) {
        if (session.inService && session.hasRoom(streaming)) return health.check(session);
      }
      return undefined;
    },
    add(socket) {
      const session = new H2Session(socket, address, limit, listener);
      sessions.add(session);
      health.watch(session);
      return session;
    },
    retire() {
      for (const session of sessions) session.retire();
    },
    close(reason) {
      for (const session of sessions) session.destroy(reason);
      return sessions.size === 0 ? Promise.resolve() : new Promise((resolve) => (emptied = resolve));
    },
  };
}
