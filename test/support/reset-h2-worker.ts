import { createSecureServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { arrived, broken, goOn } from "./reset-h2-state.ts";

// An HTTP/2 server on a thread of its own. It keeps the requests for /reset until it is told to go on; then it answers them one
// after another, so that each answer is a TLS record of its own, and breaks the connection with RST.
const { state, ...pair } = workerData as { readonly state: Int32Array; readonly cert: string; readonly key: string };
const kept: ServerHttp2Stream[] = [];
let last: Socket | undefined;

function answer(stream: ServerHttp2Stream): void {
  stream.respond({ ":status": 200 });
  stream.end("answer");
}

const server = createSecureServer(pair);
server.on("connection", (socket: Socket) => (last = socket));
server.on("session", (session) => session.on("error", () => {}));
server.on("stream", (stream, headers) => {
  stream.on("error", () => {});
  if (headers[":path"] !== "/reset") return answer(stream);
  kept.push(stream);
  Atomics.add(state, arrived, 1);
  if (kept.length > 1) return;
  const waiting = setInterval(() => {
    if (Atomics.load(state, goOn) === 0) return;
    clearInterval(waiting);
    for (const [index, one] of kept.entries()) setTimeout(() => answer(one), 2 * index);
    setTimeout(
      () => {
        last?.resetAndDestroy();
        Atomics.store(state, broken, 1);
        Atomics.notify(state, broken);
      },
      2 * kept.length + 30,
    );
  }, 1);
});
server.listen(0, "127.0.0.1", () => parentPort?.postMessage((server.address() as AddressInfo).port));
