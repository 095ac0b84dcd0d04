import { describe, expect, test } from "vitest";
import { DecodeError, LimitError } from "../errors/body-errors.ts";
import { decodeText, readBytes, readText } from "./body.ts";

const request = { verb: "get", path: "/api" };

function body(...parts: (string | Uint8Array)[]): AsyncIterable<Uint8Array> & { ended: boolean } {
  const encoder = new TextEncoder();
  return {
    ended: false,
    async *[Symbol.asyncIterator]() {
      try {
        for (const part of parts) yield typeof part === "string" ? encoder.encode(part) : part;
      } finally {
        this.ended = true;
      }
    },
  };
}

describe("readBytes gathers a body", () => {
  test("joins chunks", async () => {
    expect(await readBytes(body("ab", "", "c"), 3, "it", request)).toEqual(new TextEncoder().encode("abc"));
    expect(await readBytes(body(), 3, "it", request)).toEqual(new Uint8Array(0));
  });

  test("does not copy a single chunk", async () => {
    const chunk = new Uint8Array([1, 2, 3]);
    expect(await readBytes(body(chunk), 3, "it", request)).toBe(chunk);
  });

  test("stops at the ceiling", async () => {
    const source = body("ab", "cd", "ef");
    const error = await readBytes(source, 3, "the thing", request).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LimitError);
    expect(error).toMatchObject({
      limit: 3,
      message:
        "TooLarge: the thing is larger than 3 bytes; ask for less, or check that an API server answers there (get /api)",
    });
    expect(source.ended).toBe(true);
    await expect(readBytes(body("abcd"), 3, "the thing", request)).rejects.toThrow(LimitError);
  });
});

describe("readText reads UTF-8", () => {
  test("decodes characters that chunks cut, and keeps a byte order mark", async () => {
    const bytes = new TextEncoder().encode("\uFEFFä😀");
    const slices = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    expect(await readText(body(...slices), 100, "it", request)).toBe("\uFEFFä😀");
  });

  test("refuses what is not UTF-8", () => {
    expect(() => decodeText(new Uint8Array([0x22, 0xff, 0x22]), request)).toThrow(DecodeError);
  });
});
