// What a server of SPDY/3.1 needs of it for connections to ports: https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/

/** What a client says. */
export type ClientFrame =
  | {
      readonly is: "open";
      readonly stream: number;
      /** The headers, as they are compressed. */
      readonly block: Uint8Array;
      readonly ends: boolean;
    }
  | { readonly is: "data"; readonly stream: number; readonly data: Uint8Array; readonly ends: boolean }
  | { readonly is: "reset"; readonly stream: number }
  | { readonly is: "ping"; readonly id: number };

const types = { open: 1, reply: 2, reset: 3, ping: 6 } as const;
const flagEnd = 1;
const headBytes = 8;

/** Reads frames out of bytes that are cut anywhere. */
export function createClientFrames(): (chunk: Uint8Array) => ClientFrame[] {
  let kept: Uint8Array = new Uint8Array();
  return (chunk) => {
    kept = joined(kept, chunk);
    const frames: ClientFrame[] = [];
    for (;;) {
      if (kept.byteLength < headBytes) return frames;
      const view = new DataView(kept.buffer, kept.byteOffset, kept.byteLength);
      const whole = headBytes + (view.getUint32(4) & 0xffffff);
      if (kept.byteLength < whole) return frames;
      const body = kept.subarray(headBytes, whole);
      const flags = view.getUint8(4);
      const first = view.getUint32(0);
      kept = kept.subarray(whole);
      if ((first & 0x80000000) === 0) {
        frames.push({ is: "data", stream: first, data: body, ends: (flags & flagEnd) !== 0 });
        continue;
      }
      const type = first & 0xffff;
      const at = new DataView(body.buffer, body.byteOffset, body.byteLength);
      if (type === types.open) {
        const block = body.subarray(10);
        frames.push({ is: "open", stream: at.getUint32(0) & 0x7fffffff, block, ends: (flags & flagEnd) !== 0 });
      } else if (type === types.reset) frames.push({ is: "reset", stream: at.getUint32(0) & 0x7fffffff });
      else if (type === types.ping) frames.push({ is: "ping", id: at.getUint32(0) });
    }
  };
}

/** How much a frame of data holds. */
const pieceBytes = 32 * 1024;

/** The frames that bring this. */
export function* dataFrames(stream: number, data: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < data.byteLength; at += pieceBytes)
    yield dataFrame(stream, data.subarray(at, at + pieceBytes), 0);
}

/** Nothing more comes on the stream. */
export function endFrame(stream: number): Uint8Array {
  return dataFrame(stream, new Uint8Array(), flagEnd);
}

function dataFrame(stream: number, data: Uint8Array, flags: number): Uint8Array {
  return frame(stream, flags, data);
}

/** The stream is taken. Its header block is empty: no headers, in a stored block. */
export function replyFrame(stream: number, isFirst: boolean): Uint8Array {
  const start = isFirst ? [0x78, 0x01] : [];
  return control(types.reply, [...uint32(stream), ...start, 0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);
}

/** Status 5 is CANCEL. */
export function resetFrame(stream: number): Uint8Array {
  return control(types.reset, [...uint32(stream), ...uint32(5)]);
}

export function pingFrame(id: number): Uint8Array {
  return control(types.ping, uint32(id));
}

function control(type: number, body: readonly number[]): Uint8Array {
  return frame(0x80030000 + type, 0, new Uint8Array(body));
}

function frame(first: number, flags: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(headBytes + body.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, first);
  view.setUint32(4, body.byteLength);
  view.setUint8(4, flags);
  bytes.set(body, headBytes);
  return bytes;
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.byteLength === 0) return other;
  const both = new Uint8Array(one.byteLength + other.byteLength);
  both.set(one);
  both.set(other, one.byteLength);
  return both;
}
