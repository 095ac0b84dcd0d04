/** Whole messages in both directions over one upgraded connection. */
export interface MessageSocket {
  /** The subprotocol that the server chose of those offered. */
  readonly protocol: string;
  /**
   * Sends one message, binary unless it is said to be `"text"`, and settles when there is room for the next: a caller that waits is paced by what the far end takes, one
   * that does not still has its messages sent in order. The bytes are the socket's from then on, which may change them. Rejects as
   * `messages` does once the socket is over.
   */
  send(message: Uint8Array, kind?: "text"): Promise<void>;
  /**
   * The messages as they come; iterable once. What nobody pulls stays with the far end, but for a little. Ends when the far end closed in
   * order, rejects with a ConnectionError when the connection broke, with the request's signal's reason when that aborts.
   */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Whether a message came as text, for whoever passes it on. Left out where nobody does. */
  isText?(message: Uint8Array): boolean;
  /** Resolves when the far end has taken all that was sent before. Left out where the platform has no pings. */
  ping?(): Promise<void>;
  /**
   * Nobody waits for it until something is sent again: it does not keep the process alive, and after `ms` milliseconds it closes. Left
   * out where nothing could wait so.
   */
  idle?(ms: number): void;
  /**
   * Closes in order where the far end still listens, and lets go of the connection either way; `messages` ends. Harmless afterwards.
   * `end` is what the far end is told; default: code 1000. A page can tell 1000 and 3000 to 4999 only; others become 1000 there.
   */
  close(end?: SocketEnd): Promise<void>;
  /** Resolves when the connection is gone, with how it ended; never rejects. */
  readonly closed: Promise<SocketEnd>;
}

/** How a {@link MessageSocket} ended. */
export interface SocketEnd {
  /** The code of the close frame; undefined where none came, or one without a code. */
  readonly code: number | undefined;
  /** What is said of it, of at most 123 bytes; `""` for nothing. */
  readonly reason: string;
}
