/**
 * How much may be under way that the far end has not taken, and when more may follow. A pong proves that it has taken all that was
 * sent before the ping: its loop reads nothing while a command leaves its stdin unread.
 *
 * This is backpressure, and what saves exit statuses. A command that ends before it has read its input leaves the rest in the
 * connection from API server to kubelet, which is reset; and where the API server writes to it at that moment, it drops what the
 * kubelet had said, the exit status with it. So little is under way, and nothing is sent when a command is likely to end.
 */
export interface Pacing {
  /** So many bytes were sent. */
  sent(bytes: number): void;
  /**
   * Whether a ping is to follow what was sent just now. Never behind little: the last that a command is told is often the end of its
   * input, and a ping behind it would be left unread too.
   */
  readonly wantsPing: boolean;
  /** A ping was sent, for whatever reason. */
  pinged(now: number): void;
  /** So many of the oldest pings without an answer have theirs. Gives for how many milliseconds nothing more is to be sent. */
  answered(pings: number, now: number): number;
  /** Whether more may be sent now, as far as its amount goes. */
  readonly hasRoom: boolean;
  /** How many bytes nobody has acknowledged. */
  readonly underWay: number;
}

const leastWindow = 128 * 1024;
const mostWindow = 1024 * 1024;
const pingsOfWindow = 8;

/** What the buffers between a client and a command hold, some 10 MB, is taken promptly though the command reads nothing. */
const buffersBytes = 16 * 1024 * 1024;

/** A command that cannot be started, or that does not want its input, ends soon: for so long, windows are this far apart. */
const early = { forMs: 50, pauseMs: 10 } as const;

/** A far end that stood still goes on because the command reads on, or because it has ended; then the exit status comes first. */
const stall = { fromMs: 20, pauseMs: 25 } as const;

interface Ping {
  /** How many bytes were sent before it, from the beginning. */
  readonly covers: number;
  readonly at: number;
}

export function createPacing(began: number): Pacing {
  let window = leastWindow;
  let sentBytes = 0;
  let takenBytes = 0;
  let pingedBytes = 0;
  /** The shortest way there and back so far, in milliseconds. */
  let shortest = Infinity;
  const pings: Ping[] = [];

  return {
    sent(bytes) {
      sentBytes += bytes;
    },
    get wantsPing() {
      // A few of them for each window, so that room is made bit by bit; and one behind what leaves no room.
      return (
        sentBytes - pingedBytes >= window / pingsOfWindow ||
        (sentBytes > pingedBytes && sentBytes - takenBytes >= window)
      );
    },
    pinged(now) {
      pings.push({ covers: sentBytes, at: now });
      pingedBytes = sentBytes;
    },
    answered(count, now) {
      const [last] = pings.splice(0, count).slice(-1);
      if (last === undefined) return 0;
      const tookMs = now - last.at;
      shortest = Math.min(shortest, tookMs);
      const took = last.covers - takenBytes;
      takenBytes = last.covers;
      if (tookMs > 2 * shortest + 2) window = leastWindow;
      else if (takenBytes > buffersBytes) window = Math.min(mostWindow, window + took / 4);
      // A ping behind little was somebody else's, and what goes on is no window.
      if (took < leastWindow / pingsOfWindow) return 0;
      if (tookMs > 2 * shortest + stall.fromMs) return stall.pauseMs;
      return now - began < early.forMs ? early.pauseMs : 0;
    },
    get hasRoom() {
      return sentBytes - takenBytes < window;
    },
    get underWay() {
      return sentBytes - takenBytes;
    },
  };
}
