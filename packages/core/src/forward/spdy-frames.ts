// What of SPDY/3.1 a tunnel needs: https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/. The far end is
// https://pkg.go.dev/github.com/moby/spdystream, which ignores windows and settings, so neither is sent.

/** What the far end says. Its header blocks say nothing that is needed, and are passed over. */
export type TunnelFrame =
  /** It has taken the stream; nothing may be sent on it before. */
  | { readonly type: "reply"; readonly stream: number }
  /** A piece of a frame, as it came: a view of the chunk. */
  | { readonly type: "data"; readonly stream: number; readonly data: Uint8Array }
  /** It sends no more on the stream. */
  | { readonly type: "end"; readonly stream: number }
  | { readonly type: "reset"; readonly stream: number; readonly status: number }
  | { readonly type: "ping"; readonly id: number }
  /** It takes no further streams. */
  | { readonly type: "goAway" }
  /** What came is not SPDY/3.1, or too large. Nothing comes after it. */
  | { readonly type: "malformed"; readonly why: string };

const version = 3;
const types = { synStream: 1, synReply: 2, reset: 3, settings: 4, ping: 6, goAway: 7, headers: 8, window: 9 } as const;
const flagEnd = 1;

/** A control frame of the far end has a few bytes; of data any length is taken, since it is passed on as it comes. */
const mostControlBytes = 64 * 1024;

const headBytes = 8;

/** How much of a control frame's body says something. */
const bodyBytes = 8;

/** Reads what comes, cut anywhere, and tells at once what each chunk completes. It keeps at most 16 bytes. */
export function createFrameReader(tell: (frame: TunnelFrame) => void): (chunk: Uint8Array) => void {
  const kept = new Uint8Array(headBytes + bodyBytes);
  const view = new DataView(kept.buffer);
  /** How many bytes of `kept` are there, and are wanted. */
  let have = 0;
  let wanted = headBytes;
  /** What of the frame comes behind them; of data it is handed on. */
  let left = 0;
  let broken = false;

  const isControl = (): boolean => (view.getUint8(0) & 0x80) !== 0;
  const flags = (): number => view.getUint8(4);
  const stream = (at: number): number => view.getUint32(at) & 0x7fffffff;

  function malformed(why: string): void {
    broken = true;
    tell({ type: "malformed", why });
  }

  /** The header is there. */
  function begin(): void {
    left = view.getUint32(4) & 0xffffff;
    if (!isControl()) {
      if (stream(0) === 0) malformed("data of no stream");
      return;
    }
    const found = view.getUint16(0) & 0x7fff;
    if (found !== version) malformed(`a frame of version ${found}`);
    else if (left > mostControlBytes) malformed(`a control frame of ${left} bytes`);
    wanted = headBytes + Math.min(left, bodyBytes);
    left -= wanted - headBytes;
  }

  /** All of the frame has come. */
  function complete(): void {
    if (isControl()) control(view.getUint16(2));
    else if ((flags() & flagEnd) !== 0) tell({ type: "end", stream: stream(0) });
    have = 0;
    wanted = headBytes;
  }

  function control(type: number): void {
    if (have < headBytes + (type === types.reset ? 8 : 4)) {
      malformed(`a control frame of type ${type} that is cut off`);
      return;
    }
    switch (type) {
      case types.synReply:
        tell({ type: "reply", stream: stream(8) });
        break;
      case types.reset:
        tell({ type: "reset", stream: stream(8), status: view.getUint32(12) });
        break;
      case types.ping:
        tell({ type: "ping", id: view.getUint32(8) });
        break;
      case types.goAway:
        tell({ type: "goAway" });
        break;
      case types.headers:
      case types.settings:
      case types.window:
        break;
      default:
        malformed(`a control frame of type ${type}`);
    }
    if ((type === types.synReply || type === types.headers) && (flags() & flagEnd) !== 0)
      tell({ type: "end", stream: stream(8) });
  }

  return (chunk) => {
    for (let at = 0; at < chunk.byteLength && !broken;) {
      if (have < wanted) {
        const part = chunk.subarray(at, at + wanted - have);
        kept.set(part, have);
        have += part.byteLength;
        at += part.byteLength;
        if (have < wanted) break;
        if (have === headBytes) begin();
      } else {
        const part = chunk.subarray(at, at + left);
        if (!isControl()) tell({ type: "data", stream: stream(0), data: part });
        left -= part.byteLength;
        at += part.byteLength;
      }
      if (have === wanted && left === 0 && !broken) complete();
    }
  };
}

/** How much a frame of ours holds: the far end answers nothing else while it hands one on. */
const pieceBytes = 64 * 1024;

/** The frames that bring this, with copies of the bytes. */
export function* dataFrames(stream: number, data: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < data.byteLength; at += pieceBytes)
    yield dataFrame(stream, data.subarray(at, at + pieceBytes), 0);
}

/** Says that no more is sent on the stream. */
export function endFrame(stream: number): Uint8Array {
  return dataFrame(stream, new Uint8Array(0), flagEnd);
}

function dataFrame(stream: number, data: Uint8Array, flags: number): Uint8Array {
  const frame = new Uint8Array(headBytes + data.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint32(0, stream);
  view.setUint32(4, data.byteLength);
  view.setUint8(4, flags);
  frame.set(data, headBytes);
  return frame;
}

export function pingFrame(id: number): Uint8Array {
  const body = new Uint8Array(4);
  new DataView(body.buffer).setUint32(0, id);
  return controlFrame(types.ping, 0, body);
}

/** A stream that is asked for. */
export interface NewStream {
  /** Odd, and larger than of every stream before. */
  readonly stream: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing will be sent on it. */
  readonly ends: boolean;
  /** No stream was asked for before it on this connection, whose header blocks are one compressed stream. */
  readonly isFirst: boolean;
}

/** Asks for a stream. */
export function openFrame({ stream, headers, ends, isFirst }: NewStream): Uint8Array {
  const block = headerBlock(headers);
  const start = isFirst ? [0x78, 0x01] : [];
  const body = new Uint8Array(10 + start.length + block.byteLength);
  new DataView(body.buffer).setUint32(0, stream);
  body.set(start, 10);
  body.set(block, 10 + start.length);
  return controlFrame(types.synStream, ends ? flagEnd : 0, body);
}

function controlFrame(type: number, flags: number, body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(headBytes + body.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint16(0, 0x8000 | version);
  view.setUint16(2, type);
  view.setUint32(4, body.byteLength);
  view.setUint8(4, flags);
  frame.set(body, headBytes);
  return frame;
}

/**
 * Headers in a stored block of deflate, so that nothing needs to compress, and an empty one behind it, without which the far end waits
 * for more of it.
 */
function headerBlock(headers: Readonly<Record<string, string>>): Uint8Array {
  const texts = Object.entries(headers).flat();
  const encoder = new TextEncoder();
  const parts = [uint32(texts.length / 2)];
  for (const text of texts) {
    const bytes = encoder.encode(text);
    parts.push(uint32(bytes.byteLength), bytes);
  }
  const length = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const stored = [0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff];
  return new Uint8Array([...stored, ...parts.flatMap((part) => [...part]), 0, 0, 0, 0xff, 0xff]);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
