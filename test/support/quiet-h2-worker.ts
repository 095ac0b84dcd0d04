import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

// An HTTP/2 server on a thread of its own, which goes on while the test's loop is blocked. It sends headers and then nothing.

const server = createSecureServer(workerData as { cert: string; key: string });
server.on("stream", (stream) => stream.respond({ ":status": 200 }));
server.listen(0, "127.0.0.1", () => parentPort?.postMessage((server.address() as AddressInfo).port));
