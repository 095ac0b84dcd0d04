import type { Socket } from "node:net";
import { createCluster, type Execs } from "@kubewright/core";
import { afterEach, expect, test } from "vitest";
import { podsWith } from "../../../../test/support/pods-with.ts";
import { until } from "../../../../test/support/api-request.ts";
import {
  startWebSocketServer,
  type WebSocketServer,
  type WebSocketServerOptions,
} from "../../../../test/support/websocket-server.ts";
import { createNodeTransport } from "../transport/node-transport.ts";

// What keeps the exit code of a command that ends before it has read its input: the connection is reset then, with what was not read.

const pods = podsWith("exec", "PodExecOptions");
const piece = new Uint8Array(64 * 1024);
const command = ["head", "-c", "1"];

let server: WebSocketServer;
let exec: Execs["exec"];
let end: () => Promise<unknown>;

async function start(options: WebSocketServerOptions): Promise<void> {
  server = await startWebSocketServer(options);
  const cluster = createCluster({ transport: createNodeTransport({ server: server.origin }), userAgent: "test" });
  const some = cluster.resource(pods).in("shop");
  exec = (...call) => some.exec(...call);
  end = () => cluster.close();
}
afterEach(() => Promise.all([end(), server.close()]));

test("the code that came before a reset counts, though more input was written behind the reset and nothing had been read", async () => {
  await start({ onSocket: ({ stream }) => stream.pause() });
  let reset: () => void;
  const wasReset = new Promise<void>((resolve) => (reset = resolve));
  let written = 0;
  const stdin = (async function* () {
    yield piece;
    await wasReset;
    while (written++ < 10) yield piece.slice(0, 10);
  })();
  const run = await exec("web-0", { command, stdin });
  await until(() => server.sockets.length === 1);
  const { send, stream } = server.sockets[0]!;
  const details = { causes: [{ reason: "ExitCode", message: "9" }] };
  send(1, "out");
  send(3, JSON.stringify({ status: "Failure", reason: "NonZeroExitCode", details }));
  stream.write("", () => {
    // Both ends are in this process, so the input goes on before anybody has read what came.
    (stream as Socket).resetAndDestroy();
    reset();
  });
  const out: Uint8Array[] = [];
  for await (const bytes of run.stdout) out.push(bytes);
  expect([Buffer.concat(out).toString(), await run.exit]).toEqual(["out", { exitCode: 9 }]);
  expect(written).toBeGreaterThan(0);
});

test("of an input that nobody reads little is pulled", async () => {
  await start({ onSocket: ({ stream }) => stream.pause() });
  let pulled = 0;
  const stdin = (async function* () {
    for (;;) {
      pulled += piece.byteLength;
      yield piece;
    }
  })();
  const run = await exec("web-0", { command, stdin });
  await until(() => pulled >= 128 * 1024);
  // As many turns are enough for some 60 MB, or for what the buffers of the operating system hold.
  for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate);
  expect(pulled).toBeLessThanOrEqual(256 * 1024);
  await run.close();
});
