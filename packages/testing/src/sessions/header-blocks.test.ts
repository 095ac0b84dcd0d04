import { expect, test } from "vitest";
import { createHeaderBlocks } from "./header-blocks.ts";

// By zlib with the dictionary of github.com/moby/spdystream.
const compressed = [
  "ePnjxqfCAiVvUMoKLilKTcyFFiWsqaCABkkF5BeBc4CFgYUBkOaERmMmKHkzGmAphbgQzgcAAAD//w==",
  "AqVnDKNBpVQiYZMBAAAA//8=",
].map((text) => Uint8Array.from(Buffer.from(text, "base64")));

test("reads blocks that continue one another, and begin from the dictionary", async () => {
  const [first, second] = compressed as [Uint8Array, Uint8Array];
  const blocks = createHeaderBlocks();
  expect(Object.fromEntries(await blocks.read(first))).toEqual({
    streamtype: "error",
    port: "8080",
    requestid: "0",
    "content-type": "text/plain",
  });
  expect(Object.fromEntries(await blocks.read(second))).toEqual({ streamtype: "data", port: "8080", requestid: "0" });
  blocks.close();
});

test("a block that is none, or breaks off, is refused, and keeps nobody waiting when it is closed", async () => {
  const none = createHeaderBlocks().read(new Uint8Array([0x78, 0x01, 0xff, 0xff, 0xff]));
  await expect(none).rejects.toBeInstanceOf(Error);
  const blocks = createHeaderBlocks();
  const reading = blocks.read((compressed[0] as Uint8Array).subarray(0, 12));
  blocks.close();
  await expect(reading).rejects.toThrow("a header block breaks off");
});
