import { lookup, type LookupAddress } from "node:dns";
import { connect, isIP, type Socket } from "node:net";
import { promisify } from "node:util";

import { unlessAborted } from "@kubewright/core";

import type { Dial } from "./dial.ts";

/** Brings the addresses of a name, the best first. */
export type Resolve = (host: string) => Promise<readonly Pick<LookupAddress, "address" | "family">[]>;

const lookupAll = promisify(lookup);

/** TCP, with TCP keep-alive after 30 s as client-go; names with several addresses are tried in parallel (RFC 8305). */
export const dialTcp: Dial = tcpDial((host) => lookupAll(host, { all: true }));

/**
 * After so long the next address is tried too, while those before go on: Go's net.Dialer.FallbackDelay. Node's own
 * autoSelectFamily ends each attempt after 250 ms instead, in which a distant server has not answered.
 */
const nextAfterMs = 300;

/** {@link dialTcp} with a resolver of its own. */
export function tcpDial(resolve: Resolve): Dial {
  return async (host, port, signal) => {
    signal.throwIfAborted();
    if (isIP(host) !== 0) return race([host], port, signal);
    return race(inTurns(await unlessAborted(resolve(host), signal)), port, signal);
  };
}

/** The two families in turn, beginning with that of the first address (RFC 8305, 4). */
function inTurns(addresses: Awaited<ReturnType<Resolve>>): readonly string[] {
  const first = addresses[0]?.family;
  const [some, others] = [true, false].map((same) => addresses.filter(({ family }) => (family === first) === same));
  return addresses
    .flatMap((_, turn) => [some?.[turn], others?.[turn]])
    .flatMap((found) => (found === undefined ? [] : [found.address]));
}

/** The first connection that comes about. Rejects with what the one address said, or with what each of several said. */
function race(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const left = [...addresses];
    const trying = new Map<Socket, string>();
    const failures: Error[] = [];
    let timer: NodeJS.Timeout | undefined;

    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", aborted);
      // Destroying a socket that is still connecting can report an error once more; nobody is interested.
      for (const socket of trying.keys())
        socket
          .removeAllListeners()
          .on("error", () => {})
          .destroy();
    };
    const tryNext = (): void => {
      clearTimeout(timer);
      const address = left.shift();
      if (address !== undefined) attempt(address);
      if (left.length > 0) timer = setTimeout(tryNext, nextAfterMs);
      if (trying.size > 0) return;
      settle();
      reject(failures.length === 1 ? failures[0] : severalFailed(failures));
    };
    const attempt = (address: string): void => {
      const socket = connect({ host: address, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 });
      trying.set(socket, address);
      const connected = (): void => {
        socket.off("error", failed);
        trying.delete(socket);
        settle();
        resolve(socket);
      };
      const failed = (error: Error): void => {
        trying.delete(socket);
        failures.push(error);
        tryNext();
      };
      socket.once("connect", connected).once("error", failed);
    };
    const aborted = (): void => {
      settle();
      const silent = [...trying.values()].map(noAnswer);
      reject(addresses.length === 1 ? signal.reason : severalFailed([...failures, ...silent], signal.reason));
    };
    signal.addEventListener("abort", aborted, { once: true });
    tryNext();
  });
}

function noAnswer(address: string): Error {
  return Object.assign(new Error(`${address} did not answer`), { code: "ETIMEDOUT", address });
}

function severalFailed(failures: readonly Error[], cause?: unknown): AggregateError {
  return new AggregateError(failures, failures.map(({ message }) => message).join("; "), { cause });
}
