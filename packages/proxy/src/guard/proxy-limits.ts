/** How much may go on at once. */
export interface ProxyShare {
  /** Requests under way; without streams. */
  readonly requests?: number | undefined;
  /**
   * Requests begun in a second, on average; three times as many may come at once after a pause. Streams and sessions count too, and shared watches
   * that nobody else of the identity has.
   */
  readonly requestsPerSecond?: number | undefined;
  /** Streams: pages with shared watches, plain watches and followed logs. */
  readonly streams?: number | undefined;
  /** Upgraded connections: commands that run in pods, terminals, forwarded connections. */
  readonly sessions?: number | undefined;
  /** Watches that pages share. */
  readonly subscriptions?: number | undefined;
}

/** How much a proxy takes, and how long it waits. */
export interface ProxyLimits {
  /** Bytes of a request's body. Default 3 MiB, as the API server. */
  readonly bodyBytes?: number | undefined;
  /** Milliseconds for a request's body to come. Default 30,000. */
  readonly bodyMs?: number | undefined;
  /** Milliseconds until the API server's answer begins. Default 60,000. */
  readonly answerMs?: number | undefined;
  /** Milliseconds in which a page takes nothing of an answer, or of a session, that waits for it, before it is given up. Default 60,000. */
  readonly stallMs?: number | undefined;
  /** Of one identity. Default: 200 requests, 200 a second, 250 streams, 100 sessions, 2,500 subscriptions. */
  readonly perIdentity?: ProxyShare | undefined;
  /** Of all together. Default: 2,000 requests, 2,000 a second, 10,000 streams, 1,000 sessions, 100,000 subscriptions. */
  readonly inAll?: ProxyShare | undefined;
}
