import { createSecureServer } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

// An HTTP/2 server on a thread of its own. It answers every request after 5 ms; 30 ms after one for /reset it breaks the connection
// with RST.

const server = createSecureServer(workerData as { cert: string; key: string });
let last: Socket | undefined;
let answers = 0;
server.on("connection", (socket: Socket) => (last = socket));
server.on("stream", (stream, headers) => {
  const answer = (): void => {
    stream.respond({ ":status": 200 });
    stream.end("answer");
  };
  // One after another, so that each is a TLS record of its own.
  setTimeout(answer, 5 + 2 * (answers++ % 8));
  const socket = last;
  if (headers[":path"] === "/reset") setTimeout(() => socket?.resetAndDestroy(), 30);
});
server.on("session", (session) => session.on("error", () => {}));
server.listen(0, "127.0.0.1", () => parentPort?.postMessage((server.address() as AddressInfo).port));
