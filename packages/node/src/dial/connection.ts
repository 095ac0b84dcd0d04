import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { ConnectionOptions, TLSSocket } from "node:tls";

import { ConnectionError, isKubeError } from "@kubewright/core";

import type { Dial } from "./dial.ts";
import { dialFailed } from "./dial-failure.ts";
import type { ServerAddress } from "./server-address.ts";
import { certificateRefused, handshakeFailed } from "./tls-failure.ts";
import type { TlsAttempt, TlsAttempts } from "./tls-settings.ts";

/** How a connection to the server comes about. */
export interface Connector {
  readonly address: ServerAddress;
  readonly dial: Dial;
  /** Absent for http. */
  readonly tls: TlsAttempts | undefined;
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
 * reason when aborted, with an error of the library that says what is wrong, or with the dialler's own.
 */
export async function openConnection(
  via: Connector,
  protocols: readonly string[],
  signal: AbortSignal,
): Promise<Connection> {
  const { hostPort } = via.address;
  try {
    try {
      return await tryConnection(via, protocols, signal);
    } catch (error) {
      if (codeOf(error) !== "ECONNRESET") throw error;
      return await tryConnection(via, protocols, signal);
    }
  } catch (error) {
    if (signal.aborted || isKubeError(error) || !(error instanceof Error)) throw error;
    if (codeOf(error) === "ECONNRESET" && via.tls !== undefined) throw hungUp(error, hostPort);
    throw handshakeFailed(error, hostPort) ?? dialFailed(error, hostPort) ?? error;
  }
}

async function tryConnection(via: Connector, protocols: readonly string[], signal: AbortSignal): Promise<Connection> {
  if (via.tls === undefined) return { socket: await dialled(via, signal), protocol: "http/1.1" };
  let refused = new ConnectionError("");
  for (const attempt of via.tls()) {
    // Only OpenSSL's verdict that a certificate is not made for this purpose is not the last word.
    if (attempt.accepts !== undefined && codeOf(refused.cause) !== "INVALID_PURPOSE") continue;
    const socket = await dialled(via, signal);
    try {
      const options = { ...attempt.options, ALPNProtocols: [...protocols], socket };
      const secured = await secure(via, options, signal);
      if (isAccepted(secured, attempt))
        return { socket: secured, protocol: secured.alpnProtocol === "h2" ? "h2" : "http/1.1" };
      secured.destroy();
    } catch (error) {
      if (!(error instanceof ConnectionError) || !error.permanent) throw error;
      refused = error;
    }
  }
  throw refused;
}

function hungUp(cause: Error, where: string): ConnectionError {
  const message = `ConnectionLost: ${where} hung up before the TLS handshake was done, twice; check that this is the API server's port, and that a load balancer there has a server behind it`;
  return new ConnectionError(message, { sent: "no", cause });
}

/** What OpenSSL has verified by now, if nobody else is to decide. */
function isAccepted(socket: TLSSocket, { accepts }: TlsAttempt): boolean {
  if (accepts === undefined) return true;
  const shown = socket.getPeerX509Certificate();
  return shown !== undefined && accepts(shown);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function dialled({ address, dial, timeouts }: Connector, signal: AbortSignal): Promise<Duplex> {
  const noAnswer = `Unreachable: ${address.hostPort} did not answer within ${timeouts.dialMs / 1000} s; check the network, the firewall and the VPN`;
  return within(timeouts.dialMs, noAnswer, signal, (bound) => dial(address.host, address.port, bound));
}

function secure({ address, timeouts }: Connector, options: ConnectionOptions, signal: AbortSignal): Promise<TLSSocket> {
  const noHandshake = `NoTlsHandshake: ${address.hostPort} did not finish the TLS handshake within ${timeouts.handshakeMs / 1000} s; check that this is the API server's port`;
  return within(timeouts.handshakeMs, noHandshake, signal, (bound) =>
    shakeHands(connectTls(options), address.hostPort, bound),
  );
}

function shakeHands(socket: TLSSocket, where: string, signal: AbortSignal): Promise<TLSSocket> {
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
      // Node sets it where the handshake itself went well, but the certificate is not trusted.
      reject(socket.authorizationError ? certificateRefused(error, where) : error);
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
    const timer = setTimeout(() => {
      bound.abort(new ConnectionError(message, { sent: "no" }));
      // First the step's turn: which addresses it tried says more.
      setImmediate(stop, bound.signal.reason);
    }, ms);
    signal.addEventListener("abort", aborted, { once: true });
    if (signal.aborted) return aborted();
    step(bound.signal).then(
      (value) => (settle() ? resolve(value) : value.destroy()),
      (error: unknown) => {
        if (!settle()) return;
        const says = !bound.signal.aborted || error instanceof AggregateError;
        reject(says ? error : bound.signal.reason);
      },
    );
  });
}
