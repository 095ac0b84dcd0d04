import type { Duplex } from "node:stream";

type Written = (error?: Error | null) => void;

/**
 * Keeps a stream readable after a write that failed, and tells of the first; what is written from then on is lost. Node destroys a
 * socket when a write fails, and drops unread what had come before: a server that ends a connection while we still send says why, such
 * as how a command ended, and then resets it.
 */
export function surviveFailedWrites(stream: Duplex, failed: (error: Error) => void): void {
  let over = false;
  const guarded =
    (written: Written): Written =>
    (error) => {
      if (error === undefined || error === null) {
        written();
        return;
      }
      // Whoever is not told that it was written writes no more.
      if (!over) failed(error);
      over = true;
    };
  // The hooks of a stream's implementation: what is above them does not hear of the failure.
  const write = stream._write.bind(stream);
  const writev = stream._writev?.bind(stream);
  stream._write = (chunk, encoding, written) => write(chunk, encoding, guarded(written));
  if (writev !== undefined) stream._writev = (chunks, written) => writev(chunks, guarded(written));
}
