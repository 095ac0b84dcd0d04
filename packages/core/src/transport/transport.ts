import type { BodyStream } from "../types/body-stream.ts";
import type { Method, Replay, ResponseHeaders } from "../types/http.ts";
import type { MessageSocket } from "./message-socket.ts";
import type { Resends } from "./resends.ts";

/** Header values by lower-case name, in order. Values stay a list: several Impersonate-Group headers must not be joined. */
export type HeaderLists = Readonly<Record<string, readonly string[]>>;

/** One request, complete and independent of how it is sent. */
export interface ApiRequest {
  /** The API verb, or the lower-case method of a raw request; for errors, metrics and traces. */
  readonly verb: string;
  /** The HTTP method. */
  readonly method: Method;
  /** Encoded path below the server's address, beginning with `/`; no query. */
  readonly path: string;
  /** Encoded query without `?`; `""` for none. */
  readonly query: string;
  /** The headers by lower-case name. */
  readonly headers: HeaderLists;
  /** The body as it is sent, not compressed; undefined for none. A transport that cannot send a stream rejects with an InputError. */
  readonly body: string | Uint8Array | BodyStream | undefined;
  /** Aborts the request and its body; both then reject with the signal's reason. */
  readonly signal: AbortSignal | undefined;
  /** When the call's time is up and `signal` aborts, by the clock of the cluster; a wait beyond it is pointless. Default: not known. */
  readonly endsAt?: number | undefined;
  /** When it may be sent again. */
  readonly replay: Replay;
  /** Must be asked before the request is sent again, for whatever reason; interceptors pass it on. */
  readonly resends: Resends;
  /**
   * True when the Authorization header is the request's own: of the call's token, a raw request or an interceptor of the caller.
   * Nobody else's credentials or impersonation may be added then, none is renewed after a 401, and the transport must send it over a
   * connection that shows no client certificate: the API server would take the certificate's user. Default false.
   */
  readonly ownCredential?: boolean | undefined;
  /** True for watches and followed logs: the body may go on for hours and pause for minutes. */
  readonly streaming: boolean;
  /**
   * Asks for a WebSocket, and names the subprotocols that are offered, in order; perhaps none. It goes over a connection of its own; an answer of 101
   * has a `socket`, any other is an answer like any other. Default: no upgrade. A transport that cannot do it rejects with an InputError.
   */
  readonly upgrade?: readonly string[] | undefined;
  /**
   * Of an upgrade: for how many milliseconds nothing may come while no ping can be answered, since what was sent waits to be taken or what
   * comes is not read; then the connection counts as broken. Default `Infinity`. Nothing for a transport that cannot ping.
   */
  readonly stallTimeoutMs?: number | undefined;
}

/** A response as soon as its headers are there. */
export interface ApiResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers. */
  readonly headers: ResponseHeaders;
  /**
   * The body's chunks, decompressed; iterable once. Leaving the loop releases the connection. Rejects with a ConnectionError
   * when the connection breaks before the body's end.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets go of a body that nobody will read, and of the socket. Harmless afterwards. */
  discard(): void;
  /** What an answer of 101 to an `upgrade` carries. The request's signal goes on to count. */
  readonly socket?: MessageSocket | undefined;
}

/** Sends one request and answers once. Any HTTP status is an answer; only failures of the connection reject. */
export type Send = (request: ApiRequest) => Promise<ApiResponse>;

/** What carries requests to one API server. */
export interface Transport {
  /** The server's address, such as `https://10.0.0.1:6443`, perhaps with a path; for messages and `cluster.info()`. */
  readonly server: string;
  /** Sends one request. */
  readonly send: Send;
  /**
   * Calls `listener` each time that what a failed connection, or a 401, stood in the way of is worth another try at once, such as when
   * the network is back; gives what ends that. Left out by a transport that cannot know.
   */
  onReachable?(listener: () => void): () => void;
  /** Closes every connection; requests under way fail with a ConnectionError. */
  close(): Promise<void>;
}
