import { ConnectionError, isKubeError, pause, unlessAborted } from "@kubewright/core";
import type { ApiRequest, ApiResponse } from "@kubewright/core";

import { openConnection } from "../dial/connection.ts";
import type { Connection, Connector } from "../dial/connection.ts";
import { connectionError } from "./failure.ts";
import { createH1Pool, isUsable } from "./h1-pool.ts";
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

/** Why a dial that was for one request is given up. */
const sessionCame = new Error("another dial brought a session");

/** Every connection of one transport, and the choice among them. */
export interface Pools {
  /** Sends a request, `pauseMs` from now. */
  carry(request: ApiRequest, carrier: Carrier, pauseMs: number): Promise<ApiResponse>;
  /** Nothing that exists now is used for requests that begin later; later dials use `connector`. */
  renew(connector: Connector): void;
  /** Set once `close` was called: what every request fails with. */
  readonly closedBy: ConnectionError | undefined;
  close(): Promise<void>;
}

export function createPools(
  first: Connector,
  protocol: "auto" | "http/1.1",
  times: { readonly health: HealthTimes; readonly idle: IdleTimes },
): Pools {
  const { address } = first;
  const h1 = createH1Pool(times.idle);
  const h2 = createH2Pool(address, times.health);
  const waits = new Set<AbortController>();
  /** Those of `waits` that are dials for one request each. */
  const ownDials = new Set<AbortController>();
  let connector = first;
  let closedBy: ConnectionError | undefined;
  const onlyH1 = !address.secure || protocol === "http/1.1";
  const offered = onlyH1 ? ["http/1.1"] : ["h2", "http/1.1"];
  // What the latest connection speaks. The next one may speak the other: a load balancer has more than one server behind it.
  let spoken: Connection["protocol"] | undefined = onlyH1 ? "http/1.1" : undefined;

  /** Work that ends with `close` or with the request's signal. */
  async function until<T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
    among?: Set<AbortController>,
  ): Promise<T> {
    const stop = new AbortController();
    const aborted = (): void => stop.abort(signal?.reason);
    if (signal?.aborted) aborted();
    signal?.addEventListener("abort", aborted, { once: true });
    waits.add(stop);
    among?.add(stop);
    try {
      return await work(stop.signal);
    } finally {
      waits.delete(stop);
      among?.delete(stop);
      signal?.removeEventListener("abort", aborted);
    }
  }

  /** One more connection in its pool. None where it is no longer wanted: whoever waits looks again. */
  async function open(stopped: AbortSignal): Promise<void> {
    const began = connector;
    let made: Connection;
    try {
      made = await openConnection(connector, offered, stopped);
    } catch (error) {
      if (stopped.reason === sessionCame) return;
      // Certificates were renewed meanwhile: the failure speaks of the former ones, and whoever waits dials with the new ones.
      if (began !== connector && !stopped.aborted) return;
      throw error;
    }
    if (began !== connector || stopped.aborted) {
      made.socket.destroy();
      return;
    }
    // It would be dropped and dialled again without end.
    if (!isUsable(made.socket)) throw Object.assign(new Error("closed as soon as it was made"), { code: "ECONNRESET" });
    spoken = made.protocol;
    if (spoken === "http/1.1") return h1.add(made.socket);
    h2.add(made.socket);
    for (const stop of ownDials) stop.abort(sessionCame);
  }

  /** One dial serves everybody who waits. */
  const openForAll = sharedTask((signal) => until(signal, open));
  /** A dial for one request, as HTTP/1.1 needs it. A session that another dial brings meanwhile serves this request too. */
  const openForOne = (signal: AbortSignal | undefined): Promise<void> => until(signal, open, ownDials);

  async function wait(request: ApiRequest, carrier: Carrier, pauseMs: number): Promise<ApiResponse> {
    const { signal, streaming } = request;
    try {
      if (pauseMs > 0) await until(signal, (stopped) => pause(pauseMs, stopped));
      for (;;) {
        if (closedBy !== undefined) throw closedBy;
        signal?.throwIfAborted();
        const sent = trySend(request, carrier);
        if (sent !== undefined) return sent;
        const revived = h2.revive(streaming);
        if (revived !== undefined) await unlessAborted(revived, signal);
        else await (spoken === "http/1.1" ? openForOne(signal) : openForAll(signal));
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      // A dialler may have something better to say, such as that a proxy wants a password.
      if (isKubeError(error) && error.name !== "ConnectionError") throw error;
      throw connectionError(error, address, { sent: "no", request });
    }
  }

  /** Sends on what is there already. */
  function trySend(request: ApiRequest, carrier: Carrier): Promise<ApiResponse> | undefined {
    const session = onlyH1 ? undefined : h2.take(request.streaming);
    if (session !== undefined) return carrier.onH2(session);
    const socket = h1.take();
    return socket && carrier.onH1(socket, h1);
  }

  return {
    get closedBy() {
      return closedBy;
    },
    carry(request, carrier, pauseMs) {
      if (closedBy !== undefined) return Promise.reject(connectionError(closedBy, address, { sent: "no", request }));
      if (pauseMs > 0) return wait(request, carrier, pauseMs);
      return trySend(request, carrier) ?? wait(request, carrier, 0);
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
