import { PassThrough } from "node:stream";
import type { ReadStream } from "node:tty";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { Keyboard } from "./keyboard.ts";

const keyboardOf = (stream: PassThrough): Keyboard => new Keyboard(stream as unknown as ReadStream);

test("nothing is read before it may be, and while nobody asks", async () => {
  const stream = new PassThrough();
  const keyboard = keyboardOf(stream);
  const keys = keyboard[Symbol.asyncIterator]();
  const first = keys.next();
  stream.write("one");
  await setImmediate();
  expect(stream.readableLength).toBe(3);
  keyboard.read(undefined);
  expect(await first).toEqual({ done: false, value: Buffer.from("one") });
  stream.write("two");
  await setImmediate();
  expect(stream.readableLength).toBe(3);
  expect(await keys.next()).toEqual({ done: false, value: Buffer.from("two") });
  keyboard.stop();
});

test("what was typed for whoever comes after goes back, and no listener stays", async () => {
  const stream = new PassThrough();
  const keyboard = keyboardOf(stream);
  const keys = keyboard[Symbol.asyncIterator]();
  const asked = keys.next();
  keyboard.read(undefined);
  await keys.return?.(); // the run has ended, and asks for no more
  expect(await asked).toEqual({ done: true, value: undefined });
  stream.write("typed ahead");
  await setImmediate();
  keyboard.stop();
  expect(String(stream.read())).toBe("typed ahead");
  expect([stream.listenerCount("data"), stream.isPaused()]).toEqual([0, true]);
});

test("the two keys end it; what came before them is read first", async () => {
  const stream = new PassThrough();
  const keyboard = keyboardOf(stream);
  const keys = keyboard[Symbol.asyncIterator]();
  let detached = 0;
  keyboard.read(() => (detached += 1));
  const asked = keys.next();
  stream.write("x\u0010\u0011y");
  expect(await asked).toEqual({ done: false, value: new Uint8Array([0x78]) });
  expect([await keys.next(), detached]).toEqual([{ done: true, value: undefined }, 1]);
});

test("the end of the terminal is the end, and its error the input's", async () => {
  const stream = new PassThrough();
  const keyboard = keyboardOf(stream);
  keyboard.read(undefined);
  const asked = keyboard[Symbol.asyncIterator]().next();
  stream.destroy(new Error("EIO"));
  await expect(asked).rejects.toThrow("EIO");
});
