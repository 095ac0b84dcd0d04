import { createGunzip } from "node:zlib";

import { ConnectionError, DecodeError } from "@kubewright/core";
import type { RequestInfo } from "@kubewright/core";

import { ChunkQueue } from "./chunk-queue.ts";

/** Decompresses a body while it arrives. Truncation is a ConnectionError, anything that is not gzip a DecodeError. */
export function gunzip(compressed: ChunkQueue, request: RequestInfo): ChunkQueue {
  const stream = createGunzip({ chunkSize: 64 * 1024 });
  const plain = new ChunkQueue({
    resume: () => void stream.resume(),
    cancel: () => {
      compressed.cancel();
      stream.destroy();
    },
  });
  stream.on("data", (chunk: Uint8Array) => {
    if (!plain.push(chunk)) stream.pause();
  });
  stream.on("end", () => plain.end());
  stream.on("error", (error: NodeJS.ErrnoException) => {
    const truncated = error.code === "Z_BUF_ERROR";
    plain.fail(
      truncated
        ? new ConnectionError("Truncated: the compressed body stopped before its end", { cause: error, request })
        : new DecodeError("BadGzip: the body is not the gzip that its headers promise", { cause: error, request }),
    );
    compressed.cancel();
  });
  void feed(compressed, stream, plain);
  return plain;
}

async function feed(compressed: ChunkQueue, stream: ReturnType<typeof createGunzip>, plain: ChunkQueue): Promise<void> {
  try {
    for await (const chunk of compressed) {
      // One chunk at a time; the callback also comes when the stream is destroyed or fails, so this cannot hang.
      await new Promise<void>((resolve) => stream.write(chunk, () => resolve()));
    }
    if (!stream.destroyed) stream.end();
  } catch (error) {
    plain.fail(error);
    stream.destroy();
  }
}
