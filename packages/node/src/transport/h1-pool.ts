import type { Duplex } from "node:stream";

/** What of a socket's `net.Socket` is used, where it is one: a dialler may bring any Duplex. */
export type H1Socket = Duplex & { ref?(): unknown; unref?(): unknown };

export interface IdleTimes {
  /** Idle connections are closed after this long. */
  readonly idleMs: number;
  readonly tickMs: number;
}

/** Below the API server's own limit of 90 s (k8s.io/apiserver, secure_serving.go, IdleTimeout). */
export const idleTimes: IdleTimes = { idleMs: 80_000, tickMs: 2000 };

/** client-go: idleConnsPerHost in transport/cache.go. */
const mostIdle = 25;

/** HTTP/1.1 connections of one transport: one for each request under way, and some kept for the next ones. */
export interface H1Pool {
  /** A kept connection, the one that was used last. `over` is called once it is free again or closed. */
  take(over?: () => void): H1Socket | undefined;
  /** Takes charge of a new connection. */
  add(socket: H1Socket): void;
  /** The server says how long it keeps this connection; in seconds. */
  keepFor(socket: H1Socket, seconds: number): void;
  retire(): void;
  close(): Promise<void>;
}

interface Kept {
  keepable: boolean;
  idleMs: number;
  idleSince: number;
  over: (() => void) | undefined;
}

export function createH1Pool(times: IdleTimes): H1Pool {
  const all = new Map<H1Socket, Kept>();
  const idle: H1Socket[] = [];
  let emptied: (() => void) | undefined;
  let ticker: NodeJS.Timeout | undefined;

  const isFresh = (kept: Kept): boolean => Math.abs(Date.now() - kept.idleSince) < kept.idleMs;

  const sweep = (): void => {
    for (const socket of [...idle]) {
      if (!isFresh(all.get(socket) as Kept)) drop(socket);
    }
  };
  const removeIdle = (socket: H1Socket): void => {
    const at = idle.indexOf(socket);
    if (at >= 0) idle.splice(at, 1);
    if (idle.length > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  };
  const drop = (socket: H1Socket): void => {
    removeIdle(socket);
    socket.destroy();
  };
  const leave = (kept: Kept | undefined): void => {
    const over = kept?.over;
    if (over === undefined) return;
    (kept as Kept).over = undefined;
    over();
  };
  const keep = (socket: H1Socket): void => {
    const kept = all.get(socket);
    if (kept === undefined || !kept.keepable || !isUsable(socket) || idle.length >= mostIdle) {
      socket.destroy();
      return;
    }
    kept.idleSince = Date.now();
    socket.unref?.();
    idle.push(socket);
    leave(kept);
    ticker ??= setInterval(sweep, times.tickMs).unref();
  };

  return {
    add(socket) {
      all.set(socket, { keepable: true, idleMs: times.idleMs, idleSince: 0, over: undefined });
      // Node emits this when a request is through with the connection and the connection can be used again.
      socket.on("free", () => keep(socket));
      // Between two requests nobody else listens, and an idle connection may break at any time.
      socket.on("error", () => {});
      socket.on("close", () => {
        const kept = all.get(socket);
        all.delete(socket);
        removeIdle(socket);
        leave(kept);
        if (all.size === 0) emptied?.();
      });
      keep(socket);
    },
    take(over) {
      for (let socket = idle.pop(); socket !== undefined; socket = idle.pop()) {
        const kept = all.get(socket) as Kept;
        if (isUsable(socket) && isFresh(kept)) {
          kept.over = over;
          socket.ref?.();
          return socket;
        }
        drop(socket);
      }
      return undefined;
    },
    keepFor(socket, seconds) {
      const kept = all.get(socket);
      // A second less than the server, so that it does not hang up while a request is on its way.
      if (kept !== undefined) kept.idleMs = Math.min(times.idleMs, Math.max(0, seconds * 1000 - 1000));
    },
    retire() {
      for (const kept of all.values()) kept.keepable = false;
      for (const socket of [...idle]) drop(socket);
    },
    close() {
      for (const socket of all.keys()) socket.destroy();
      return all.size === 0 ? Promise.resolve() : new Promise((resolve) => (emptied = resolve));
    },
  };
}

/** Whether both directions are open. */
export function isUsable(socket: H1Socket): boolean {
  return !socket.destroyed && socket.writable && socket.readable;
}
