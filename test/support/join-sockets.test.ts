import { once } from "node:events";
import { Duplex } from "node:stream";
import { expect, test, vi } from "vitest";
import { joinSockets } from "./join-sockets.ts";

/** A socket that takes nothing until `open` is called, and tells what it took. */
function slowSocket(): { readonly socket: Duplex; readonly took: Buffer[]; open(): void } {
  const took: Buffer[] = [];
  const waiting: (() => void)[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      took.push(chunk);
      waiting.push(done);
    },
  });
  return { socket, took, open: () => waiting.splice(0).forEach((done) => done()) };
}

test.each([
  ["ended", (socket: Duplex) => socket.push(null)],
  ["broke", (socket: Duplex) => socket.destroy(new Error("reset"))],
])("what a socket sent before it %s reaches a slow one, and then its end", async (_how, leave) => {
  const slow = slowSocket();
  const other = new Duplex({ allowHalfOpen: false, read() {}, write: (_chunk, _encoding, done) => done() });
  joinSockets(slow.socket, other);
  other.push("first");
  other.push("second");
  await vi.waitFor(() => expect(slow.socket.writableLength).toBe("firstsecond".length));
  leave(other);
  await new Promise((closed) => other.on("close", closed));
  expect([String(slow.took), slow.socket.destroyed]).toEqual(["first", false]);
  slow.open();
  await vi.waitFor(() => expect(String(slow.took)).toBe("first,second"));
  slow.open();
  await once(slow.socket, "finish");
});

test("one that goes on sending to a closed one comes to its end", async () => {
  const closed = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const one = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  joinSockets(one, closed);
  closed.destroy();
  await once(closed, "close");
  one.push("nobody hears it");
  one.push(null);
  await once(one, "close");
});
