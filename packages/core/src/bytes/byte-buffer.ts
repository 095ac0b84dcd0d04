const initialSize = 4096;

/** Bytes in one piece of memory that grows with them and is used again. */
export class ByteBuffer {
  /** The memory; the bytes are its beginning. Replaced when it grows. */
  memory: Uint8Array = new Uint8Array(initialSize);
  length = 0;

  add(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.memory.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.memory.length));
      larger.set(this.view());
      this.memory = larger;
    }
    this.memory.set(bytes, this.length);
    this.length = length;
  }

  /** Forgets the first bytes. */
  drop(count: number): void {
    this.memory.copyWithin(0, count, this.length);
    this.length -= count;
  }

  /** The bytes up to `end`, until the next change. */
  view(end: number = this.length): Uint8Array {
    return this.memory.subarray(0, end);
  }
}
