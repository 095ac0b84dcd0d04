/** A body that is sent as it comes. What was begun is never sent again, for it cannot be read again. */
export interface BodyStream {
  /** Its size in bytes. */
  readonly length: number;
  /** Its chunks, `length` bytes in all; read once, no faster than they are sent. */
  readonly chunks: AsyncIterable<Uint8Array>;
}
