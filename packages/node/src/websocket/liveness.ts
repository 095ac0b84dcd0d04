/** Whether a silent connection is dead. Pure: it is told what came, and asked every `tickMs`. `stalled`: nobody can know, but for too long. */
export interface Liveness {
  /** Something came from the far end. */
  heard(): void;
  /** What is to be done now: one ping at a time is asked. */
  tick(now: number, state: LivenessState): "ping" | "wait" | "dead" | "stalled";
}

export interface LivenessState {
  /** A ping has no answer yet. */
  readonly unanswered: boolean;
  /**
   * Messages came since the last tick. That they did is proof enough, and nothing is asked: where the command has ended meanwhile, its
   * end of the connection is gone, and an API server that passes a ping on to it drops what has not reached us yet, the exit status too.
   */
  readonly busy: boolean;
  /** We do not read, so no answer can come. Nothing is asked either, for the same reason. */
  readonly paused: boolean;
  /** Something of ours waits to be taken. Then silence proves nothing: no ping is answered while a command leaves its stdin unread. */
  readonly pending: boolean;
}

export interface LivenessTimes {
  readonly tickMs: number;
  /** So many ticks in a row without an answer are a dead connection. */
  readonly most: number;
  /** For so long nothing may come where silence proves nothing. Default: for ever. */
  readonly stallMs?: number | undefined;
}

/** A dead connection is found 10.8 to 18 s after it died. client-go asks every 5 s (tools/remotecommand/websocket.go). */
export const livenessTimes: LivenessTimes = { tickMs: 3600, most: 3 };

export function createLiveness({ tickMs, most, stallMs = Infinity }: LivenessTimes, began: number): Liveness {
  let missed = 0;
  let silentMs = 0;
  /** Something came since the last tick. */
  let spoke = false;
  let last = began;
  return {
    heard() {
      missed = 0;
      spoke = true;
    },
    tick(now, { unanswered, busy, paused, pending }) {
      const passedMs = now - last;
      const late = passedMs > 1.5 * tickMs;
      last = now;
      // Our own loop stood still: what came meanwhile has not been read yet.
      if (late) return "wait";
      if (busy) {
        missed = 0;
        silentMs = 0;
        spoke = false;
        return "wait";
      }
      if (!unanswered || paused || pending) {
        missed = 0;
        silentMs = (paused || pending) && !spoke ? silentMs + passedMs : 0;
        spoke = false;
        if (silentMs >= stallMs) return "stalled";
        return unanswered || paused ? "wait" : "ping";
      }
      missed += 1;
      return missed >= most ? "dead" : "wait";
    },
  };
}
