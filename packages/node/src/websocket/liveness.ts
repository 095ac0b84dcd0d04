/** Whether a silent connection is dead. Pure: it is told what came, and asked every `tickMs`. */
export interface Liveness {
  /** Something came from the far end. */
  heard(): void;
  /** What is to be done now: one ping at a time is asked. */
  tick(now: number, state: LivenessState): "ping" | "wait" | "dead";
}

export interface LivenessState {
  /** A ping has no answer yet. */
  readonly unanswered: boolean;
  /**
   * We do not read, so no answer can come. Nothing is asked then: where the command has ended meanwhile, its end of the connection is
   * gone, and an API server that passes a ping on to it drops what we have not read yet.
   */
  readonly paused: boolean;
  /** Something of ours waits to be taken. Then silence proves nothing: no ping is answered while a command leaves its stdin unread. */
  readonly pending: boolean;
}

export interface LivenessTimes {
  readonly tickMs: number;
  /** So many ticks in a row without an answer are a dead connection. */
  readonly most: number;
}

/** A dead connection is found 13.5 to 18 s after it died; client-go asks as often (tools/remotecommand/websocket.go). */
export const livenessTimes: LivenessTimes = { tickMs: 4500, most: 3 };

export function createLiveness({ tickMs, most }: LivenessTimes, began: number): Liveness {
  let missed = 0;
  let last = began;
  return {
    heard() {
      missed = 0;
    },
    tick(now, { unanswered, paused, pending }) {
      const late = now - last > 1.5 * tickMs;
      last = now;
      // Our own loop stood still: what came meanwhile has not been read yet.
      if (late) return "wait";
      if (!unanswered || paused || pending) {
        missed = 0;
        return unanswered || paused ? "wait" : "ping";
      }
      missed += 1;
      return missed >= most ? "dead" : "wait";
    },
  };
}
