import type { Duplex } from "node:stream";

import type { ApiRequest } from "@kubewright/core";

import type { ServerAddress } from "../dial/server-address.ts";
import { createHealth } from "./h2-health.ts";
import type { HealthTimes } from "./h2-health.ts";
import { H2Session, usualLimit } from "./h2-session.ts";
import type { SessionListener } from "./h2-session.ts";

/** The HTTP/2 sessions of one transport. */
export interface H2Pool {
  /** A session with room that was heard of lately. */
  take(streaming: boolean): H2Session | undefined;
  /** Where there is only a session with room that was silent for long: asks it, and resolves to whether it lives. */
  revive(streaming: boolean): Promise<boolean> | undefined;
  /** `alone`: it is for one request, and never taken for others. */
  add(socket: Duplex, alone: boolean): H2Session;
  /** True for a request whose answer's header may have ended a session: it is to have one of its own, where it harms no other. */
  isDoubtful(request: ApiRequest): boolean;
  retire(): void;
  /** Ends every session; resolves when all are gone. */
  close(reason: unknown): Promise<void>;
}

/** Requests that are remembered as doubtful; a program that asks for ever new ones must not fill the memory. */
const mostDoubtful = 1000;

export function createH2Pool(address: ServerAddress, times: HealthTimes): H2Pool {
  const health = createHealth(times, address.hostPort);
  const sessions = new Set<H2Session>();
  /** Oldest first. */
  const doubtful = new Set<string>();
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
    doubts(request, really) {
      doubtful.delete(keyOf(request));
      if (!really) return;
      doubtful.add(keyOf(request));
      for (const oldest of doubtful) if (doubtful.size > mostDoubtful) doubtful.delete(oldest);
    },
  };
  const isStale = (session: H2Session): boolean =>
    session.asked || (session.open === 0 && session.quietMs() > times.staleMs);

  return {
    take(streaming) {
      for (const session of sessions) {
        if (isFor(session, streaming) && !isStale(session)) return session;
      }
      return undefined;
    },
    revive(streaming) {
      for (const session of sessions) {
        if (isFor(session, streaming)) return health.check(session);
      }
      return undefined;
    },
    isDoubtful: (request) => doubtful.size > 0 && doubtful.has(keyOf(request)),
    add(socket, alone) {
      const session = new H2Session(socket, address, limit, listener);
      session.alone = alone;
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

function isFor(session: H2Session, streaming: boolean): boolean {
  return session.inService && !session.alone && session.hasRoom(streaming);
}

function keyOf({ method, path, query }: ApiRequest): string {
  return `${method} ${path}?${query}`;
}
