import { inflateSync, constants } from "node:zlib";

// The far end of a tunnel, as tests play it: what a server says, and what it is told.

/** Frames of a server. */
export const spdy = {
  reply: (stream: number, flags = 0): Uint8Array => control(2, flags, [...uint32(stream), 0x78, 0x9c]),
  data: (stream: number, data: string | Uint8Array, ends = false): Uint8Array => {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    return frame([...uint32(stream)], ends ? 1 : 0, bytes);
  },
  end: (stream: number): Uint8Array => spdy.data(stream, "", true),
  reset: (stream: number, status = 5): Uint8Array => control(3, 0, [...uint32(stream), ...uint32(status)]),
  ping: (id: number): Uint8Array => control(6, 0, uint32(id)),
  goAway: (): Uint8Array => control(7, 0, [...uint32(0), ...uint32(0)]),
  headers: (stream: number, flags = 0): Uint8Array => control(8, flags, [...uint32(stream), 1, 2, 3]),
  settings: (): Uint8Array => control(4, 0, uint32(0)),
  window: (stream: number): Uint8Array => control(9, 0, [...uint32(stream), ...uint32(65_536)]),
};

function uint32(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function control(type: number, flags: number, body: readonly number[]): Uint8Array {
  return frame([0x80, 3, 0, type], flags, new Uint8Array(body));
}

function frame(head: readonly number[], flags: number, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([...head, flags, ...uint32(body.byteLength).slice(1)]), body]);
}

/** What a client's frames say, each a message of its own. */
export type ToldFrame =
  | {
      readonly type: "open";
      readonly stream: number;
      readonly ends: boolean;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: "data"; readonly stream: number; readonly data: Uint8Array; readonly ends: boolean }
  | { readonly type: "ping"; readonly id: number };

/** Reads what a client sent, from its first message on. */
export function toldFrames(messages: readonly Uint8Array[]): readonly ToldFrame[] {
  let compressed = new Uint8Array(0);
  let read = 0;
  return messages.map((message) => {
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    const ends = message[4] === 1;
    if ((view.getUint32(4) & 0xffffff) !== message.byteLength - 8) throw new Error("the length of the frame is wrong");
    if ((view.getUint8(0) & 0x80) === 0)
      return { type: "data", stream: view.getUint32(0), data: message.subarray(8), ends };
    if (view.getUint16(0) !== 0x8003) throw new Error("the version is wrong");
    if (view.getUint16(2) === 6) return { type: "ping", id: view.getUint32(8) };
    if (view.getUint16(2) !== 1) throw new Error(`a frame of type ${view.getUint16(2)}`);
    // All header blocks of a connection are one stream of zlib.
    compressed = new Uint8Array([...compressed, ...message.subarray(18)]);
    const plain = inflateSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH });
    const headers = readHeaders(plain.subarray(read));
    read = plain.byteLength;
    return { type: "open", stream: view.getUint32(8), ends, headers };
  });
}

function readHeaders(block: Uint8Array): Record<string, string> {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  let at = 4;
  const text = (): string => {
    const length = view.getUint32(at);
    at += 4 + length;
    return new TextDecoder().decode(block.subarray(at - length, at));
  };
  const headers: Record<string, string> = {};
  for (let count = view.getUint32(0); count > 0; count--) {
    const name = text();
    headers[name] = text();
  }
  if (at !== block.byteLength) throw new Error("the header block has more than its headers");
  return headers;
}
