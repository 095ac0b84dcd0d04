import fc from "fast-check";
import { expect, test } from "vitest";
import { createFrameReader, frame } from "./framing.ts";

/** The messages that a server reads from what a client sends. */
function received(parts: readonly Uint8Array[]): Buffer[] {
  const messages: Buffer[] = [];
  const ignored = (): void => {};
  const events = { ping: ignored, pong: ignored, closing: ignored };
  const broken = (error: Error): never => {
    throw error;
  };
  const message = (data: Uint8Array): void => void messages.push(Buffer.from(data));
  const reader = createFrameReader("server", { ...events, message, broken }, 1_000_000);
  for (const part of parts) reader.write(part);
  return messages;
}

test("what a client masks is what the server reads, whatever its length and wherever it lies", () => {
  const data = fc.record({ bytes: fc.uint8Array({ maxLength: 200 }), before: fc.integer({ min: 0, max: 8 }) });
  fc.assert(
    fc.property(data, ({ bytes, before }) => {
      const room = new Uint8Array(before + bytes.byteLength + 3).fill(7);
      room.set(bytes, before);
      const parts = frame("client", "message", room.subarray(before, before + bytes.byteLength));
      expect(received(parts.map((part) => part.slice()))).toEqual([Buffer.from(bytes)]);
      // Nothing beside it is touched.
      expect([...room.subarray(0, before), ...room.subarray(before + bytes.byteLength)]).toEqual(
        Array.from({ length: before + 3 }, () => 7),
      );
    }),
  );
});

test("each frame of a client has a key of its own", () => {
  const keys = Array.from({ length: 3000 }, () => {
    const [header, data] = frame("client", "message", new Uint8Array(8));
    const key = header!.slice(-4);
    expect([...data!]).toEqual([...key, ...key]);
    return key.join();
  });
  expect(new Set(keys).size).toBeGreaterThan(2990);
});

test("a server's frames are not masked", () => {
  const [header, data] = frame("server", "message", Uint8Array.of(1, 2, 3));
  expect([[...header!], [...data!]]).toEqual([
    [0x82, 3],
    [1, 2, 3],
  ]);
});
