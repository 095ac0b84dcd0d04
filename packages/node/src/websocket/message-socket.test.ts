import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { until } from "../../../../test/support/api-request.ts";
import { createFrameReader, frame } from "./framing.ts";
import { openMessageSocket } from "./message-socket.ts";

// Where a command has ended, an API server that passes a ping on to its end of the connection drops what has not been read yet.
test("no ping goes out while messages come, and one once they have stopped", async () => {
  let pings = 0;
  const ignored = (): void => {};
  const events = { message: ignored, pong: ignored, closing: ignored, broken: ignored, ping: () => void (pings += 1) };
  const far = createFrameReader("server", events, 1024);
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      far.write(chunk);
      done();
    },
  });
  const tickMs = 10;
  const failure = (): Error => new Error("not expected");
  const { socket, fail } = openMessageSocket(
    {
      side: "client",
      stream,
      head: new Uint8Array(0),
      protocol: "",
      signal: undefined,
      lost: failure,
      malformed: failure,
      dead: failure,
      stalled: failure,
      ended: failure,
    },
    { tickMs, most: Infinity },
  );
  let ticks = 0;
  const ticker = setInterval(() => (ticks += 1), tickMs);
  const reading = (async () => {
    let count = 0;
    for await (const _ of socket.messages) count += 1;
    return count;
  })();
  let sent = 0;
  while (ticks < 20) {
    stream.push(Buffer.concat(frame("server", "message", Buffer.of(1))));
    sent += 1;
    await new Promise(setImmediate);
  }
  expect(pings).toBe(0);
  await until(() => pings > 0);
  clearInterval(ticker);
  await socket.close();
  expect(await reading).toBe(sent);
  fail(failure());
  far.destroy();
});
