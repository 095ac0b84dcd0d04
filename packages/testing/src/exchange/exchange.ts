import type { HeaderLists, MessageSocket } from "@kubewright/core";
import type { RequestHeaders } from "./request-headers.ts";

/** How large a request's body may be (MaxRequestBodyBytes of k8s.io/apiserver pkg/server/config.go); a larger one is refused. */
export const mostBodyBytes: number = 3 * 1024 * 1024;

/** A request as it reaches the server, whatever carried it. */
export interface ServerRequest {
  readonly method: string;
  /** Encoded, without the query. */
  readonly path: string;
  /** Encoded, without `?`. */
  readonly query: string;
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
  /** The subprotocols that a WebSocket is asked for with, in order. Undefined where none is asked for. */
  readonly upgrade?: readonly string[] | undefined;
  /** Aborts when whoever asked is gone. */
  readonly signal: AbortSignal;
}

/** What the server answers. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: HeaderLists;
  /** Whole, or piece by piece while it comes to be, as that of a watch. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  /** The connection takes no further request: GOAWAY in HTTP/2, `Connection: close` in HTTP/1.1. Default false. */
  readonly goAway?: boolean;
  /** What goes on over the connection, with status 101. */
  readonly upgrade?: ServerUpgrade;
}

/** The connection of an upgrade. */
export interface ServerUpgrade {
  /** The subprotocol that was chosen. */
  readonly protocol: string;
  /** Serves the connection until it is over, and closes it. Rejects with a BrokenConnection where it is to break instead. */
  run(socket: MessageSocket): Promise<void>;
}

/** The server as a function. It rejects, and its bodies do, with BrokenConnection alone. */
export type Serve = (request: ServerRequest) => Promise<ServerAnswer>;
