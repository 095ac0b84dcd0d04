// What the suite takes from Node, for pages.

/** Pages cannot ask a signal for its listeners. */
export const getEventListeners = (): readonly unknown[] => [];

export const inspect = String;

export function createAuthority(): never {
  throw new Error("a page has no certificates");
}

/** Gzip without compression: a page compresses only in streams, and handlers answer at once. */
export function gzipSync(text: string): Uint8Array {
  const data = new TextEncoder().encode(text);
  const parts: number[][] = [[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]];
  for (let at = 0; at < data.length; at += 65_535) {
    const block = data.subarray(at, at + 65_535);
    const last = at + block.length === data.length ? 1 : 0;
    parts.push([last, ...lowBytes(block.length, 2), ...lowBytes(~block.length, 2)], [...block]);
  }
  parts.push(lowBytes(crc32(data), 4), lowBytes(data.length, 4));
  return Uint8Array.from(parts.flat());
}

function lowBytes(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (value >>> (8 * i)) & 255);
}

function crc32(data: Uint8Array): number {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
