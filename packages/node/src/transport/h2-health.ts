import { ConnectionError } from "@kubewright/core";

import type { H2Session } from "./h2-session.ts";

export interface HealthTimes {
  /** How often sessions are looked at. */
  readonly tickMs: number;
  /** A session that carries requests is pinged after so many ticks without a byte. */
  readonly quietTicks: number;
  /** How long the answer may take. */
  readonly answerMs: number;
  /** A session without requests is asked before it is used again after this long. */
  readonly staleMs: number;
  /** A session without requests is closed after this long. */
  readonly idleMs: number;
}

/**
 * 8 to 10 s of silence, then 5 s: a dead connection is found within 15 s. Idle sessions go before the API server's own limit of
 * 90 s (k8s.io/apiserver, secure_serving.go, IdleTimeout).
 */
export const healthTimes: HealthTimes = {
  tickMs: 2000,
  quietTicks: 4,
  answerMs: 5000,
  staleMs: 10_000,
  idleMs: 80_000,
};

/** Finds dead sessions. The clock runs while there are sessions, and never keeps the process alive. */
export interface Health {
  watch(session: H2Session): void;
  forget(session: H2Session): void;
  /** Asks now. Resolves to false when the session is gone or does not answer; it is destroyed then. */
  check(session: H2Session): Promise<boolean>;
}

interface Pulse {
  bytes: number;
  quiet: number;
  checking: Promise<boolean> | undefined;
}

export function createHealth(times: HealthTimes, hostPort: string): Health {
  const pulses = new Map<H2Session, Pulse>();
  let ticker: NodeJS.Timeout | undefined;

  const tick = (): void => {
    for (const [session, pulse] of pulses) {
      if (session.open === 0) {
        pulse.quiet = 0;
        if (session.inService && Math.abs(Date.now() - session.heardAt) > times.idleMs) session.retire();
        continue;
      }
      const bytes = session.bytesRead;
      if (bytes !== pulse.bytes) {
        pulse.bytes = bytes;
        pulse.quiet = 0;
        session.heardAt = Date.now();
        continue;
      }
      pulse.quiet += 1;
      if (pulse.quiet >= times.quietTicks) void check(session);
    }
  };

  const check = (session: H2Session): Promise<boolean> => {
    const pulse = pulses.get(session);
    if (pulse === undefined) return Promise.resolve(false);
    pulse.checking ??= ask(session, times.answerMs).then((alive) => {
      pulse.checking = undefined;
      pulse.quiet = 0;
      if (alive) session.heardAt = Date.now();
      else
        session.destroy(
          new ConnectionError(`ConnectionLost: ${hostPort} did not answer a ping within ${times.answerMs / 1000} s`),
        );
      return alive;
    });
    return pulse.checking;
  };

  return {
    check,
    watch(session) {
      pulses.set(session, { bytes: session.bytesRead, quiet: 0, checking: undefined });
      ticker ??= setInterval(tick, times.tickMs).unref();
    },
    forget(session) {
      pulses.delete(session);
      if (pulses.size > 0) return;
      clearInterval(ticker);
      ticker = undefined;
    },
  };
}

/** One ping. Any byte is an answer. */
function ask(session: H2Session, answerMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const before = session.bytesRead;
    let deadline: NodeJS.Timeout;
    const answer = (alive: boolean): void => {
      clearTimeout(deadline);
      resolve(alive);
    };
    const wait = (): void => {
      const due = Date.now() + answerMs;
      deadline = setTimeout(() => {
        // The answer may lie in the socket, unread, after the loop was blocked: the sockets get one turn first.
        setImmediate(() => {
          if (session.ended) answer(false);
          else if (session.bytesRead !== before) answer(true);
          // This process slept, or the machine did: that says nothing about the server.
          else if (Date.now() - due > answerMs / 5) wait();
          else answer(false);
        });
      }, answerMs);
    };
    wait();
    if (!session.ping(() => answer(true)) && session.ended) answer(false);
  });
}
