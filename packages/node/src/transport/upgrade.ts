import { ConnectionError, isKubeError } from "@kubewright/core";
import type { ApiResponse } from "@kubewright/core";

import { openConnection, type Connection, type Connector } from "../dial/connection.ts";
import { createHandshake } from "../websocket/handshake.ts";
import { livenessTimes } from "../websocket/liveness.ts";
import { openMessageSocket, type OpenSocket } from "../websocket/message-socket.ts";
import { ChunkQueue } from "./chunk-queue.ts";
import { connectionError } from "./failure.ts";
import { exchangeH1, type Upgrading } from "./h1-exchange.ts";
import type { Sending } from "./sending.ts";

/** What ends, with this error, what a transport has under way beside its pools. */
export type Enders = Set<(error: ConnectionError) => void>;

/**
 * Sends an upgrade over a connection of its own, in HTTP/1.1: no API server takes one over HTTP/2. `enders` has what ends it, until it
 * has ended.
 */
export async function sendUpgrade(connector: Connector, sending: Sending, enders: Enders): Promise<ApiResponse> {
  const { address } = connector;
  const { request } = sending;
  const { socket } = await open(connector, sending, enders);
  let closedBy: ConnectionError | undefined;
  let opened: OpenSocket | undefined;
  const end = (error: ConnectionError): void => {
    closedBy = connectionError(error, address, { sent: "maybe", request });
    if (opened === undefined) socket.destroy();
    else opened.fail(closedBy);
  };
  enders.add(end);
  socket.once("close", () => enders.delete(end));
  // Between the exchange and the socket nobody else listens.
  socket.on("error", () => {});
  const handshake = createHandshake(request.upgrade ?? []);
  const upgrading: Upgrading = {
    lines: handshake.lines,
    accept(field, stream, head) {
      let protocol: string;
      try {
        protocol = handshake.accept(field);
      } catch (cause) {
        const problem = `BadUpgrade: the answer of ${address.hostPort} is not a WebSocket's: ${(cause as Error).message}; check what stands between here and the API server`;
        throw new ConnectionError(problem, { request, cause, permanent: true });
      }
      opened = openMessageSocket(
        { side: "client", stream, head, protocol, signal: request.signal, ...failuresOf(connector, sending) },
        { ...livenessTimes, stallMs: request.stallTimeoutMs },
      );
      return upgraded(opened, field);
    },
  };
  return exchangeH1(socket, undefined, address, sending, () => closedBy, upgrading);
}

/** The connection, unless the request or the transport ends first. */
async function open(connector: Connector, { request }: Sending, enders: Enders): Promise<Connection> {
  const { signal } = request;
  const stop = new AbortController();
  const aborted = (): void => stop.abort(signal?.reason);
  const end = (error: ConnectionError): void => stop.abort(error);
  signal?.addEventListener("abort", aborted, { once: true });
  enders.add(end);
  try {
    return await openConnection(connector, ["http/1.1"], stop.signal);
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    // A dialler may have something better to say, such as that a proxy wants a password.
    if (isKubeError(error) && error.name !== ConnectionError.name) throw error;
    throw connectionError(error, connector.address, { sent: "no", request });
  } finally {
    enders.delete(end);
    signal?.removeEventListener("abort", aborted);
  }
}

function failuresOf(
  { address }: Connector,
  { request }: Sending,
): {
  lost(error: unknown): ConnectionError;
  malformed(error: Error): ConnectionError;
  dead(): ConnectionError;
  stalled(): ConnectionError;
  ended(): ConnectionError;
} {
  const { hostPort } = address;
  return {
    lost: (error) =>
      error === undefined
        ? new ConnectionError(`ConnectionLost: the connection to ${hostPort} ended without a close frame`, { request })
        : connectionError(error, address, { sent: "maybe", request }),
    malformed: (cause) =>
      new ConnectionError(`BadFrames: what ${hostPort} sends is not WebSocket: ${cause.message}`, { request, cause }),
    ended: () => new ConnectionError("Closed: the connection was closed", { request }),
    dead: () => new ConnectionError(`ConnectionLost: ${hostPort} answers no pings; check the network`, { request }),
    stalled: () => {
      const what = "while what was sent waited to be taken, or what had come to be read";
      const message = `ConnectionLost: nothing came from ${hostPort} for ${request.stallTimeoutMs} ms, ${what}`;
      return new ConnectionError(message, { request });
    },
  };
}

function upgraded({ socket }: OpenSocket, field: (name: string) => string | undefined): ApiResponse {
  const body = new ChunkQueue({ resume() {}, cancel() {} });
  body.end();
  return { status: 101, headers: { get: field }, body, discard: () => void socket.close(), socket };
}
