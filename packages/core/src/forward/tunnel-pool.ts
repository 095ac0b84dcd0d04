import type { RequestInfo } from "../errors/kube-error.ts";
import type { Clock } from "../time/clock.ts";
import type { MessageSocket } from "../transport/message-socket.ts";
import type { PodConnection } from "../types/pod-connection.ts";
import type { Asking } from "./connection.ts";
import { startTunnel, type Tunnel } from "./tunnel.ts";

/** Tunnels whose connections have ended, for the next ones. */
export interface TunnelPool {
  /** A connection over a tunnel of this key that is free; undefined where there is none, or none that still works. */
  again(key: string, asking: Omit<Asking, "request">): Promise<PodConnection | undefined>;
  /**
   * A connection over a new tunnel. `key` says who may use it afterwards: who connects to the same pod, by the same identity; undefined
   * for nobody.
   */
  start(key: string | undefined, opened: Opened, asking: Omit<Asking, "request">): Promise<PodConnection>;
  /** Lets go of all tunnels, and ends the connections in them. */
  close(): Promise<void>;
}

/** A socket that was opened for a port, and the request that did. */
export interface Opened {
  readonly socket: MessageSocket;
  readonly request: RequestInfo;
}

/** How long a tunnel waits for its next connection, and how many do. */
const idleMs = 30_000;
const mostIdle = 8;

/**
 * How long a tunnel that carried another connection may take to answer. Where the pod left unread what it had been sent before it ended,
 * the far end may be stuck with it.
 */
const answerMs = 1000;

interface Idle {
  readonly key: string;
  readonly tunnel: Tunnel;
  readonly request: RequestInfo;
}

export function createTunnelPool(clock: Clock): TunnelPool {
  /** The one that waits longest first. */
  const idle: Idle[] = [];
  const tunnels = new Set<Tunnel>();
  /** Also of those that are on their way out. */
  const sockets = new Set<Promise<unknown>>();
  let closed = false;

  function take(key: string): Idle | undefined {
    // The one that was used last is the likeliest to live.
    const at = idle.findLastIndex((one) => one.key === key);
    return at < 0 ? undefined : idle.splice(at, 1)[0];
  }

  function open(key: string | undefined, { socket, request }: Opened): Tunnel {
    const tunnel = startTunnel(socket, clock, request, {
      free() {
        if (key === undefined || socket.idle === undefined || closed) {
          void tunnel.close();
          return;
        }
        socket.idle(idleMs);
        idle.push({ key, tunnel, request });
        if (idle.length > mostIdle) void idle[0]?.tunnel.close();
      },
      gone() {
        tunnels.delete(tunnel);
        const at = idle.findIndex((one) => one.tunnel === tunnel);
        if (at >= 0) idle.splice(at, 1);
      },
    });
    tunnels.add(tunnel);
    sockets.add(socket.closed);
    void socket.closed.then(() => sockets.delete(socket.closed));
    return tunnel;
  }

  /** Undefined where the tunnel is not what it was. */
  async function tried({ tunnel, request }: Idle, asking: Omit<Asking, "request">): Promise<PodConnection | undefined> {
    const { connection, opened } = tunnel.connect({ ...asking, request });
    const stop = clock.after(answerMs, () => void tunnel.close());
    try {
      await opened;
      return connection;
    } catch {
      for (const signal of asking.stoppedBy) signal.throwIfAborted();
      return undefined;
    } finally {
      stop();
    }
  }

  return {
    async again(key, asking) {
      for (let found = take(key); found !== undefined; found = take(key)) {
        const connection = await tried(found, asking);
        if (connection !== undefined) return connection;
      }
      return undefined;
    },
    async start(key, opened, asking) {
      const { connection, opened: taken } = open(key, opened).connect({ ...asking, request: opened.request });
      await taken;
      return connection;
    },
    async close() {
      closed = true;
      await Promise.all([...tunnels].map((tunnel) => tunnel.close()));
      await Promise.all(sockets);
    },
  };
}
