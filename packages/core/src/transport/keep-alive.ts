import type { Clock } from "../time/clock.ts";
import type { MessageSocket } from "./message-socket.ts";

const quietMs = { withPings: 60_000, without: 30_000 } as const;

/**
 * Has something sent that means nothing whenever nothing came for so long: so that no proxy cuts a quiet connection, and no server's own
 * clock of silence runs out, which pings of the WebSocket do not reset. Where there are none, this is also what finds a dead connection.
 *
 * Never while something comes: the far end may have ended behind it, and an API server that passes on a message to one that is gone
 * drops what has not reached us yet.
 */
export function keepAlive(socket: MessageSocket, clock: Clock, send: () => void): KeptAlive {
  const everyMs = socket.ping === undefined ? quietMs.without : quietMs.withPings;
  let lastMs = clock.now();
  const wait = (ms: number): (() => void) =>
    clock.after(ms, () => {
      const leftMs = lastMs + everyMs - clock.now();
      stop = wait(leftMs > 0 ? leftMs : everyMs);
      if (leftMs <= 0) send();
    });
  let stop = wait(everyMs);
  return {
    heard: () => void (lastMs = clock.now()),
    stop: () => stop(),
  };
}

export interface KeptAlive {
  /** Something came. */
  heard(): void;
  stop(): void;
}
