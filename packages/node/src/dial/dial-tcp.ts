import { connect } from "node:net";

import type { Dial } from "./dial.ts";

/** TCP, with TCP keep-alive after 30 s as client-go; names with several addresses are tried side by side (RFC 8305). */
export const dialTcp: Dial = (host, port, signal) =>
  new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
      autoSelectFamily: true,
    });
    const settle = (): void => {
      signal.removeEventListener("abort", abort);
      socket.off("connect", connected).off("error", failed);
    };
    const connected = (): void => {
      settle();
      resolve(socket);
    };
    const failed = (error: Error): void => {
      settle();
      reject(error);
    };
    const abort = (): void => {
      settle();
      // Destroying a socket that is still connecting can report an error once more; nobody is interested.
      socket.on("error", () => {}).destroy();
      reject(signal.reason);
    };
    socket.on("connect", connected).on("error", failed);
    signal.addEventListener("abort", abort, { once: true });
  });
