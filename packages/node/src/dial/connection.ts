import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { TLSSocket } from "node:tls";

import { ConnectionError } from "@kubewright/core";

import type { Dial } from "./dial.ts";
import type { ServerAddress } from "./server-address.ts";
import type { TlsConnectOptions } from "./tls-settings.ts";

/** How a connection to the server comes about. */
export interface Connector {
  readonly address: ServerAddress;
  readonly dial: Dial;
  /** Absent for http. */
  readonly tls: TlsConnectOptions | undefined;
  readonly timeouts: ConnectTimeouts;
}

export interface ConnectTimeouts {
  readonly dialMs: number;
  readonly handshakeMs: number;
}

/** client-go: net.Dialer.Timeout and http.Transport.TLSHandshakeTimeout. */
export const connectTimeouts: ConnectTimeouts = { dialMs: 30_000, handshakeMs: 10_000 };

/** A connection that is ready for requests. */
export interface Connection {
  readonly socket: Duplex;
  readonly protocol: "h2" | "http/1.1";
}

/**
 * Dials and shakes hands; where the connection breaks meanwhile, as when a load balancer moves, once more. Rejects with the signal's
 * reason when aborted, else with the platform's error or a ConnectionError.
 */
export async function openConnection(
  via: Connector,
  protocols: readonly string[],
  signal: AbortSignal,
): Promise<Connection> {
  try {
    return await tryConnection(via, protocols, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") throw error;
    return tryConnection(via, protocols, signal);
  }
}

async function tryConnection(via: Connector, protocols: readonly string[], signal: AbortSignal): Promise<Connection> {
  const { address, timeouts } = via;
  const noAnswer = `Unreachable: ${address.hostPort} did not answer within ${timeouts.dialMs / 1000} s; check the network, the firewall and the VPN`;
  const raw = await within(timeouts.dialMs, noAnswer, signal, (bound) => via.dial(address.host, address.port, bound));
  if (via.tls === undefined) return { socket: raw, protocol: "http/1.1" };
  const options = { ...via.tls(), ALPNProtocols: [...protocols], socket: raw };
  const noHandshake = `NoTlsHandshake: ${address.hostPort} did not finish the TLS handshake within ${timeouts.handshakeMs / 1000} s; check that this is the API server's port`;
  const socket = await within(timeouts.handshakeMs, noHandshake, signal, (bound) =>
    shakeHands(connectTls(options), bound),
  );
  return { socket, protocol: socket.alpnProtocol === "h2" ? "h2" : "http/1.1" };
}

function shakeHands(socket: TLSSocket, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      signal.removeEventListener("abort", abort);
      socket.off("secureConnect", secured).off("error", failed).off("close", closed);
    };
    const secured = (): void => {
      settle();
      resolve(socket);
    };
    const failed = (error: Error): void => {
      settle();
      giveUp();
      reject(error);
    };
    const closed = (): void =>
      failed(Object.assign(new Error("closed during the TLS handshake"), { code: "ECONNRESET" }));
    const abort = (): void => {
      settle();
      giveUp();
      reject(signal.reason);
    };
    // Takes the stream below with it.
    const giveUp = (): void => void socket.on("error", () => {}).destroy();
    socket.on("secureConnect", secured).on("error", failed).on("close", closed);
    signal.addEventListener("abort", abort, { once: true });
  });
}

/**
 * Runs one step under the caller's signal and a time bound. It settles even if the step takes no notice; what the step brings
 * too late is destroyed.
 */
function within<T extends Duplex>(
  ms: number,
  message: string,
  signal: AbortSignal,
  step: (bound: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const bound = new AbortController();
    let settled = false;
    const settle = (): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", aborted);
      return true;
    };
    const stop = (reason: unknown): void => {
      if (!settle()) return;
      bound.abort(reason);
      reject(reason);
    };
    const aborted = (): void => stop(signal.reason);
    const timer = setTimeout(() => stop(new ConnectionError(message, { sent: "no" })), ms);
    signal.addEventListener("abort", aborted, { once: true });
    if (signal.aborted) return aborted();
    step(bound.signal).then(
      (value) => (settle() ? resolve(value) : value.destroy()),
      (error: unknown) => settle() && reject(error),
    );
  });
}
