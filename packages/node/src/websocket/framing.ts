// Types of a package without any can be declared only, not imported; and whoever compiles this file needs them.
// oxlint-disable-next-line triple-slash-reference
/// <reference path="./ws.d.ts" />
// The only file that knows ws. Its Receiver and Sender are exported, but have neither types nor documentation: hence the exact version
// of it, and what is used of them written down here. Its WebSocket classes cannot be used: they refuse to offer a subprotocol with "/".
import { randomFillSync } from "node:crypto";

import { Receiver, Sender } from "ws";

/** Which end of a connection this is: a client's frames are masked, a server's are not (RFC 6455, 5.1). */
export type Side = "client" | "server";

/** Reads frames of the far end that are written to it, and tells what they say. */
export interface FrameReader {
  /** Tells at once what the chunk completes. Harmless after an error and after a close frame. */
  write(chunk: Uint8Array): void;
  destroy(): void;
}

/** What a {@link FrameReader} tells, in order and within `write`. */
export interface FrameEvents {
  /** A whole message. */
  message(data: Uint8Array, isText: boolean): void;
  ping(data: Uint8Array): void;
  pong(data: Uint8Array): void;
  /** A close frame; nothing comes after it. 1005 stands for one without a code. */
  closing(code: number, reason: string): void;
  /** What came is not WebSocket, or is larger than `mostBytes`. Nothing comes after it. */
  broken(error: Error): void;
}

/** Reads the uncompressed frames that come to this side; messages of at most `mostBytes`. */
export function createFrameReader(side: Side, events: FrameEvents, mostBytes: number): FrameReader {
  // Text is data like any other here, so its encoding is nobody's business.
  const receiver = new Receiver({ isServer: side === "server", maxPayload: mostBytes, skipUTF8Validation: true });
  receiver.on("message", (data: Buffer, isBinary: boolean) => events.message(data, !isBinary));
  receiver.on("ping", (data: Buffer) => events.ping(data));
  receiver.on("pong", (data: Buffer) => events.pong(data));
  receiver.on("conclude", (code: number, reason: Buffer) => events.closing(code, reason.toString()));
  receiver.on("error", (error: Error) => events.broken(error));
  return {
    write(chunk) {
      if (!receiver.writableEnded && !receiver.destroyed) receiver.write(chunk);
    },
    destroy: () => void receiver.destroy(),
  };
}

const opcodes = { text: 1, message: 2, close: 8, ping: 9, pong: 10 } as const;

/** One whole frame of this side: its header, then the data, which a client masks in place. An empty one has only its header. */
export function frame(side: Side, kind: keyof typeof opcodes, data: Uint8Array): readonly Uint8Array[] {
  const options = { fin: true, rsv1: false, readOnly: false, opcode: opcodes[kind] };
  if (side === "server") return Sender.frame(data, { ...options, mask: false });
  // With a key that masks nothing: ws would mask byte by byte, which costs more than all else that is done to send.
  const parts = Sender.frame(data, { ...options, mask: true, generateMask: (key) => key.fill(0) });
  maskWith(nextKey(), parts[0]!, data);
  return parts;
}

/** Keys that were not used yet; random numbers are cheap only by the thousand. */
const keys = new Uint32Array(1024);
let used = keys.length;

/** The next one, as its only element. */
function nextKey(): Uint32Array {
  if (used === keys.length) {
    randomFillSync(keys);
    used = 0;
  }
  used += 1;
  return keys.subarray(used - 1, used);
}

/** Puts the key at the end of the header, and masks the data with it (RFC 6455, 5.3): four bytes at once where they lie as that needs. */
function maskWith(key: Uint32Array, header: Uint8Array, data: Uint8Array): void {
  const keyBytes = new Uint8Array(key.buffer, key.byteOffset, 4);
  header.set(keyBytes, header.byteLength - 4);
  const count = data.byteOffset % 4 === 0 ? data.byteLength >> 2 : 0;
  const words = new Uint32Array(data.buffer, count === 0 ? 0 : data.byteOffset, count);
  const by = key[0]!;
  for (let at = 0; at < count; at++) words[at]! ^= by;
  for (let at = count * 4; at < data.byteLength; at++) data[at]! ^= keyBytes[at & 3]!;
}
