import { ConnectionError } from "@kubewright/core";

import type { H2Session } from "./h2-session.ts";

export interface HealthTimes {
  /** How often sessions are looked at. */
  readonly tickMs: number;
  /** A session that carries requests is pinged after so long without a byte. */
  readonly quietMs: number;
  /** How long the answer may take. */
  readonly answerMs: number;
  /** A session without requests is asked before it is used again after this long. */
  readonly staleMs: number;
  /** A session without requests is closed after this long. */
  readonly idleMs: number;
}

/**
 * A byte is noticed within 1 s, silence for 7.5 to 8.5 s more, then 5 s for an answer: a dead connection is found within 15 s. Idle sessions go before the API server's own limit of
 * 90 s (k8s.io/apiserver, secure_serving.go, IdleTimeout).
 */
export const healthTimes: HealthTimes = {
  tickMs: 1000,
  quietMs: 7500,
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

/** A ping that is out. */
interface Question {
  readonly answered: Promise<boolean>;
  giveUp(): void;
}

export function createHealth(times: HealthTimes, hostPort: string): Health {
  const watched = new Map<H2Session, Question | undefined>();
  let ticker: NodeJS.Timeout | undefined;

  const tick = (): void => {
    for (const session of watched.keys()) {
      if (session.ended) {
        // Everything is done and said, but the server does not hang up.
        session.destroy(undefined);
      } else if (session.broken) {
        session.destroy(new ConnectionError(`ConnectionLost: the connection to ${hostPort} was reset`));
      } else if (session.open > 0) {
        if (session.quietMs() >= times.quietMs) void check(session);
      } else if (session.inService && session.quietMs() > times.idleMs) {
        session.retire();
      }
    }
  };

  async function check(session: H2Session): Promise<boolean> {
    if (!watched.has(session)) return false;
    let question = watched.get(session);
    if (question === undefined) {
      question = ask(session, times.answerMs);
      watched.set(session, question);
      session.asked = true;
    }
    const alive = await question.answered;
    if (watched.get(session) === question) {
      watched.set(session, undefined);
      session.asked = false;
    }
    if (!alive && watched.has(session)) {
      session.destroy(
        new ConnectionError(`ConnectionLost: ${hostPort} did not answer a ping within ${times.answerMs / 1000} s`),
      );
    }
    return alive;
  }

  return {
    check,
    watch(session) {
      watched.set(session, undefined);
      ticker ??= setInterval(tick, times.tickMs).unref();
    },
    forget(session) {
      watched.get(session)?.giveUp();
      watched.delete(session);
      if (watched.size > 0) return;
      clearInterval(ticker);
      ticker = undefined;
    },
  };
}

/** Sends one ping. Any byte is an answer. */
function ask(session: H2Session, answerMs: number): Question {
  const before = session.bytesRead;
  let deadline: NodeJS.Timeout | undefined;
  let over = false;
  let resolve: (alive: boolean) => void;
  const answered = new Promise<boolean>((resolved) => (resolve = resolved));
  const answer = (alive: boolean): void => {
    over = true;
    clearTimeout(deadline);
    resolve(alive);
  };
  const wait = (): void => {
    const due = Date.now() + answerMs;
    deadline = setTimeout(() => {
      // The answer may lie in the socket, unread, because the loop was blocked: the sockets get a turn first.
      setImmediate(() => {
        if (over) return;
        if (session.bytesRead !== before) answer(true);
        // Late: this process slept, or the machine did, which says nothing about the server.
        else if (Date.now() - due > answerMs / 5) wait();
        else answer(false);
      });
    }, answerMs);
  };
  wait();
  if (!session.ask(() => answer(true))) answer(false);
  return { answered, giveUp: () => answer(false) };
}
