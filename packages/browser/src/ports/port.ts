/** One end of a connection between a tab and whoever holds the stream for it. Messages arrive in order, or not at all. */
export interface Port {
  /** Sends what can be cloned. */
  post(message: unknown): void;
  /** Takes what comes; one listener. What came before it waits. */
  listen(listener: (message: unknown) => void): void;
  /** Sends and takes nothing any more. */
  close(): void;
}

/** A message port of the platform, as far as it is used. Described here, for programs that are compiled without the types of pages. */
export interface PlatformPort {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  close(): void;
}

/** A port over the platform's. */
export function messagePort(port: PlatformPort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen(listener) {
      port.addEventListener("message", ({ data }) => listener(data));
      port.start();
    },
    close: () => port.close(),
  };
}
