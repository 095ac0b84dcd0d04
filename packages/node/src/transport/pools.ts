import { ConnectionError, isKubeError, pause, systemClock, unlessAborted } from "@kubewright/core";
import type { ApiRequest, ApiResponse } from "@kubewright/core";

import { openConnection } from "../dial/connection.ts";
import type { Connection, Connector } from "../dial/connection.ts";
import { hasTooManyFiles } from "../dial/dial-failure.ts";
import { connectionError } from "./failure.ts";
import { createH1Pool, isUsable } from "./h1-pool.ts";
import type { H1Pool, H1Socket, IdleTimes } from "./h1-pool.ts";
import type { HealthTimes } from "./h2-health.ts";
import { createH2Pool } from "./h2-pool.ts";
import type { H2Session } from "./h2-session.ts";
import { sharedTask } from "./shared-task.ts";
import { createTurns, type Turns } from "./turns.ts";

/** What sends a request once there is something to send it on. Called in the same turn in which the connection was chosen. */
export interface Carrier {
  onH2(session: H2Session): Promise<ApiResponse>;
  onH1(socket: H1Socket, pool: H1Pool): Promise<ApiResponse>;
}

/** Why a request that waits for an HTTP/1.1 connection of its own gives that up. */
const sessionCame = new Error("another dial brought a session");

/** Requests that need a session each are rare; a thousand of them at once must not dial a thousand times at once. */
const mostDialsAlone = 8;

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

/**
 * Other runtimes' node:http2 is not up to it: Deno's (2.9) connects to no IP address, and with Bun's (1.4) the part of an answer that
 * came before the connection broke passes for the whole.
 */
const foreignH2: boolean = process.versions["bun"] !== undefined || process.versions["deno"] !== undefined;

export function createPools(
  first: Connector,
  protocol: "auto" | "http/1.1",
  /** For requests over HTTP/1.1 that end soon. Watches and followed logs hold their connections for hours, and take no turn. */
  turns: Turns,
  times: { readonly health: HealthTimes; readonly idle: IdleTimes },
): Pools {
  const { address } = first;
  const h1 = createH1Pool(times.idle);
  const h2 = createH2Pool(address, times.health);
  const dialsAlone = createTurns(mostDialsAlone);
  const waits = new Set<AbortController>();
  /** Those of `waits` that end when a session comes: dials for one request each, and waiting for a turn. */
  const untilSession = new Set<AbortController>();
  let connector = first;
  let closedBy: ConnectionError | undefined;
  const onlyH1 = !address.secure || protocol === "http/1.1" || foreignH2;
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

  /**
   * One more connection in its pool. None where it is no longer wanted: whoever waits looks again. A session that is to be `alone` is
   * not for others; it is handed back.
   */
  async function open(stopped: AbortSignal, alone = false): Promise<H2Session | undefined> {
    const began = connector;
    let made: Connection;
    try {
      made = await openConnection(connector, offered, stopped);
    } catch (error) {
      if (stopped.reason === sessionCame) return undefined;
      // Certificates were renewed meanwhile: the failure speaks of the former ones, and whoever waits dials with the new ones.
      if (began !== connector && !stopped.aborted) return undefined;
      throw error;
    }
    if (began !== connector || stopped.aborted) {
      made.socket.destroy();
      return undefined;
    }
    // It would be dropped and dialled again without end.
    if (!isUsable(made.socket)) throw Object.assign(new Error("closed as soon as it was made"), { code: "ECONNRESET" });
    spoken = made.protocol;
    if (spoken === "http/1.1") {
      h1.add(made.socket);
      return undefined;
    }
    const session = h2.add(made.socket, alone);
    if (alone) return session;
    for (const stop of untilSession) stop.abort(sessionCame);
    return undefined;
  }

  /** One dial serves everybody who waits. */
  const openForAll = sharedTask(async (signal) => {
    await until(signal, (stopped) => open(stopped));
  });
  /** A dial for one request, as HTTP/1.1 needs it. A session that another dial brings meanwhile serves this request too. */
  const openForOne = async (signal: AbortSignal | undefined): Promise<void> => {
    await until(signal, (stopped) => open(stopped), untilSession);
  };

  /** A session for one request. */
  const openAlone = (signal: AbortSignal | undefined): Promise<H2Session | undefined> =>
    until(signal, async (stopped) => {
      await dialsAlone.wait(stopped);
      try {
        return await open(stopped, true);
      } finally {
        dialsAlone.end();
      }
    });

  /** Resolves to whether a turn came; not so when a session came first. */
  const waitForTurn = (signal: AbortSignal | undefined): Promise<boolean> =>
    until(
      signal,
      async (stopped) => {
        try {
          await turns.wait(stopped);
          return true;
        } catch (error) {
          if (error === sessionCame) return false;
          throw error;
        }
      },
      untilSession,
    );

  async function wait(request: ApiRequest, carrier: Carrier, pauseMs: number): Promise<ApiResponse> {
    const { signal, streaming } = request;
    let hasTurn = false;
    try {
      if (pauseMs > 0) await until(signal, (stopped) => pause(systemClock, pauseMs, stopped));
      for (;;) {
        if (closedBy !== undefined) throw closedBy;
        signal?.throwIfAborted();
        const sent = trySend(request, carrier, hasTurn);
        if (sent !== undefined) {
          hasTurn = false;
          return sent;
        }
        if (spoken !== "http/1.1" && h2.isDoubtful(request)) {
          const session = await openAlone(signal);
          if (session?.inService === true) return carrier.onH2(session);
          continue;
        }
        const revived = h2.revive(streaming);
        if (revived !== undefined) await unlessAborted(revived, signal);
        else if (spoken !== "http/1.1") await openForAll(signal);
        else if (streaming) await openForOne(signal);
        else if (!hasTurn) hasTurn = await waitForTurn(signal);
        else hasTurn = await openInTurn(signal);
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      // A dialler may have something better to say, such as that a proxy wants a password.
      if (isKubeError(error) && error.name !== "ConnectionError") throw error;
      throw connectionError(error, address, { sent: "no", request });
    } finally {
      if (hasTurn) turns.end();
    }
  }

  /** A dial of a request that has a turn; resolves to whether it still has it. */
  async function openInTurn(signal: AbortSignal | undefined): Promise<boolean> {
    try {
      await openForOne(signal);
      turns.widen();
      return true;
    } catch (error) {
      // The process can open no more; but some of what it has open will be free again.
      if (!hasTooManyFiles(error) || !turns.narrow()) throw error;
      turns.end();
      return false;
    }
  }

  /** Sends on what is there already. A turn that the request has goes on to the connection, or ends. */
  function trySend(request: ApiRequest, carrier: Carrier, hasTurn: boolean): Promise<ApiResponse> | undefined {
    const session = onlyH1 || h2.isDoubtful(request) ? undefined : h2.take(request.streaming);
    if (session !== undefined) {
      if (hasTurn) turns.end();
      return carrier.onH2(session);
    }
    if (request.streaming) {
      const socket = h1.take();
      return socket && carrier.onH1(socket, h1);
    }
    if (!hasTurn && !turns.take()) return undefined;
    const socket = h1.take(turns.end);
    if (socket !== undefined) return carrier.onH1(socket, h1);
    if (!hasTurn) turns.end();
    return undefined;
  }

  return {
    get closedBy() {
      return closedBy;
    },
    carry(request, carrier, pauseMs) {
      if (closedBy !== undefined) return Promise.reject(connectionError(closedBy, address, { sent: "no", request }));
      if (pauseMs > 0) return wait(request, carrier, pauseMs);
      return trySend(request, carrier, false) ?? wait(request, carrier, 0);
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
