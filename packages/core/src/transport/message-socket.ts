/** Whole messages in both directions over one upgraded connection. */
export interface MessageSocket {
  /** The subprotocol that the server chose of those offered. */
  readonly protocol: string;
  /**
   * Sends one binary message, and settles when there is room for the next: a caller that waits is paced by what the far end takes, one
   * that does not still has its messages sent in order. The bytes are the socket's from then on, which may change them. Rejects as
   * `messages` does once the socket is over.
   */
  send(message: Uint8Array): Promise<void>;
  /**
   * The messages as they come; iterable once. What nobody pulls stays with the far end, but for a little. Ends when the far end closed in
   * order, rejects with a ConnectionError when the connection broke, with the request's signal's reason when that aborts.
   */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Resolves when the far end has taken all that was sent before. Left out where the platform has no pings. */
  ping?(): Promise<void>;
  /** Closes in order where the far end still listens, and lets go of the connection either way; `messages` ends. Harmless afterwards. */
  close(): Promise<void>;
  /** Resolves when the connection is gone, with how it ended; never rejects. */
  readonly closed: Promise<SocketEnd>;
}

/** How a {@link MessageSocket} ended. */
export interface SocketEnd {
  /** The code of the far end's close frame; undefined where none came. */
  readonly code: number | undefined;
  /** What the far end said of it; `""` for nothing. */
  readonly reason: string;
}
