import { setTimeout as sleep } from "node:timers/promises";

import { ConnectionError, isKubeError, unlessAborted } from "@kubewright/core";
import type { ApiRequest, ApiResponse } from "@kubewright/core";

import { openConnection } from "./connect.ts";
import type { Connection, Connector } from "./connect.ts";
import { connectionError } from "./failure.ts";
import { createH1Pool } from "./h1-pool.ts";
import type { H1Pool, H1Socket, IdleTimes } from "./h1-pool.ts";
import type { HealthTimes } from "./h2-health.ts";
import { createH2Pool } from "./h2-pool.ts";
import type { H2Session } from "./h2-session.ts";
import { sharedTask } from "./shared-task.ts";

/** What sends a request once there is something to send it on. Called in the same turn in which the connection was chosen. */
export interface Carrier {
  onH2(session: H2Session): Promise<ApiResponse>;
  onH1(socket: H1Socket, pool: H1Pool): Promise<ApiResponse>;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Every connection of one transport, and the choice among them. */
export interface Connections {
  /** Sends a request, `pauseMs` from now. */
  carry(request: ApiRequest, carrier: Carrier, pauseMs: number): Promise<ApiResponse>;
  /** Nothing that exists now is used for requests that begin later; later dials use `connector`. */
  renew(connector: Connector): void;
  /** Set once `close` was called: what every request fails with. */
  readonly closedBy: ConnectionError | undefined;
  close(): Promise<void>;
}

export function createConnections(
  first: Connector,
  protocol: "auto" | "http/1.1",
  times: { readonly health: HealthTimes; readonly idle: IdleTimes },
): Connections {
  const { address } = first;
  const h1 = createH1Pool(times.idle);
  const h2 = createH2Pool(address, times.health);
  const waits = new Set<AbortController>();
  let connector = first;
  let closedBy: ConnectionError | undefined;
  // What the server speaks is known after the first dial, unless only one thing is possible.
  let speaksH1 = !address.secure || protocol === "http/1.1";

  /** Work that ends with `close` or with the request's signal. */
  async function until<T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const aborted = (): void => stop.abort(signal?.reason);
    if (signal?.aborted) aborted();
    signal?.addEventListener("abort", aborted, { once: true });
    waits.add(stop);
    try {
      return await work(stop.signal);
    } finally {
      waits.delete(stop);
      signal?.removeEventListener("abort", aborted);
    }
  }

  const dial = (protocols: readonly string[], signal: AbortSignal | undefined): Promise<Connection> =>
    until(signal, (stopped) => openConnection(connector, protocols, stopped));

  /** One dial serves everybody who waits. A server that answers with HTTP/1.1 has the connection kept for the first of them. */
  const negotiate = sharedTask(async (signal) => {
    const began = connector;
    let made: Connection;
    try {
      made = await dial(["h2", "http/1.1"], signal);
    } catch (error) {
      // Certificates were renewed meanwhile: the failure speaks of the former ones, and whoever waits dials with the new ones.
      if (began !== connector && !signal.aborted && closedBy === undefined) return;
      throw error;
    }
    const { socket, protocol: spoken } = made;
    if (began !== connector || closedBy !== undefined) {
      socket.destroy();
    } else if (spoken === "h2") {
      h2.add(socket);
    } else {
      speaksH1 = true;
      h1.offer(socket);
    }
  });

  async function wait(request: ApiRequest, carrier: Carrier, pauseMs: number): Promise<ApiResponse> {
    const { signal, streaming } = request;
    try {
      if (pauseMs > 0) await until(signal, (stopped) => pause(pauseMs, stopped));
      while (!speaksH1) {
        const session = h2.take(streaming);
        if (session !== undefined) return carrier.onH2(session);
        const revived = h2.revive(streaming);
        if (revived === undefined) await negotiate(signal);
        else await unlessAborted(revived, signal);
        if (closedBy !== undefined) throw closedBy;
        signal?.throwIfAborted();
      }
      const kept = h1.take();
      if (kept !== undefined) return carrier.onH1(kept, h1);
      const began = connector;
      const socket: H1Socket = (await dial(["http/1.1"], signal)).socket;
      h1.adopt(socket, began === connector);
      if (closedBy !== undefined || signal?.aborted) {
        socket.destroy();
        throw closedBy ?? signal?.reason;
      }
      return carrier.onH1(socket, h1);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      // A dialler may have something better to say, such as that a proxy wants a password.
      if (isKubeError(error) && error.name !== "ConnectionError") throw error;
      throw connectionError(error, address, { sent: "no", request });
    }
  }

  return {
    get closedBy() {
      return closedBy;
    },
    carry(request, carrier, pauseMs) {
      if (closedBy !== undefined) return Promise.reject(connectionError(closedBy, address, { sent: "no", request }));
      if (pauseMs > 0) return wait(request, carrier, pauseMs);
      if (speaksH1) {
        const socket = h1.take();
        if (socket !== undefined) return carrier.onH1(socket, h1);
      } else {
        const session = h2.take(request.streaming);
        if (session !== undefined) return carrier.onH2(session);
      }
      return wait(request, carrier, 0);
    },
    renew(next) {
      connector = next;
      h1.retire();
      h2.retire();
    },
    async close() {
      closedBy ??= new ConnectionError("Closed: close() was called; make a new connection to go on");
      for (const stop of waits) stop.abort(closedBy);
      await Promise.all([h1.close(), h2.close(closedBy)]);
    },
  };
}
