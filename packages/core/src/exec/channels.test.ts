import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inputEnd, inputMessages, readMessage, sizeMessage } from "./channels.ts";

const anyBytes = (maxLength = 200): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });

describe("what a server sends", () => {
  test("any bytes are output, a part of the Status, or nothing; never more than came, and never a copy", () => {
    fc.assert(
      fc.property(anyBytes(), (message) => {
        const found = readMessage(message);
        const channel = { 1: "stdout", 2: "stderr", 3: "status" }[message[0] ?? 0];
        if (message.length < 2 || channel === undefined) {
          expect(found).toBeUndefined();
          return;
        }
        expect(found?.channel).toBe(channel);
        expect(found?.data).toEqual(message.subarray(1));
        expect(found?.data.buffer).toBe(message.buffer);
      }),
    );
  });
});

describe("what is sent", () => {
  test("input of any size is the same bytes in messages of channel 0, in order, each with something in it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 1, max: 255 }), (size, factor) => {
        const input = Uint8Array.from({ length: size }, (_, index) => (index * factor) % 256);
        const messages = [...inputMessages(input)];
        expect(messages.every((message) => message[0] === 0 && message.length > 1 && message.length <= 65_537)).toBe(
          true,
        );
        const joined = new Uint8Array(size);
        let at = 0;
        for (const message of messages) {
          joined.set(message.subarray(1), at);
          at += message.length - 1;
        }
        expect(at).toBe(size);
        expect(joined).toEqual(input);
      }),
      { numRuns: 30 },
    );
  });

  test("the messages may be changed by who sends them: the input is not", () => {
    const input = new Uint8Array([1, 2, 3]);
    for (const message of inputMessages(input)) message.fill(9);
    expect(input).toEqual(new Uint8Array([1, 2, 3]));
  });

  test("the end of the input, and a size", () => {
    expect(inputEnd()).toEqual(new Uint8Array([255, 0]));
    const [channel, ...json] = sizeMessage({ columns: 132, rows: 43 });
    expect([channel, new TextDecoder().decode(new Uint8Array(json))]).toEqual([4, '{"Width":132,"Height":43}']);
  });
});
