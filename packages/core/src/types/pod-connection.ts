/**
 * A connection to a port of a pod. Node makes a socket of it: `Duplex.fromWeb(connection)`. What is not read waits at the pod, but for
 * 1 MiB. Nothing of it needs to be looked at: no rejection of it is an unhandled one.
 */
export interface PodConnection extends AsyncDisposable {
  /**
   * What the pod sends. It ends when the pod has sent all; where that cannot be known it rejects, after what had come, with a
   * ConnectionError, or with the signal's reason. Cancelling it closes the connection.
   */
  readonly readable: ReadableStream<Uint8Array>;
  /**
   * What the pod is to get, as fast as it takes it. Closing it tells the pod that no more comes, and what the pod sends still arrives;
   * servers before Kubernetes 1.31, and any from a page, cannot tell it, so there the connection rejects once the pod has been silent
   * for 30 s. Writing rejects once the connection is over. Aborting it closes the connection.
   */
  readonly writable: WritableStream<Uint8Array>;
  /** Resolves when the connection is over: the pod has ended it, or `close()` was called. Rejects with what broke it. */
  readonly closed: Promise<void>;
  /** Ends the connection at once; what is still on its way is lost. Harmless when it is over. */
  close(): Promise<void>;
}
