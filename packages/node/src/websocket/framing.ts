// Types of a package without any can be declared only, not imported; and whoever compiles this file needs them.
// oxlint-disable-next-line triple-slash-reference
/// <reference path="./ws.d.ts" />
// The only file that knows ws. Its Receiver and Sender are exported, but have neither types nor documentation: hence the exact version
// of it, and what is used of them written down here. Its WebSocket classes cannot be used: they refuse to offer a subprotocol with "/".
import { Receiver, Sender } from "ws";

/** Reads frames of a server that are written to it, and tells what they say. */
export interface FrameReader {
  /** Tells at once what the chunk completes. Harmless after an error and after a close frame. */
  write(chunk: Uint8Array): void;
  destroy(): void;
}

/** What a {@link FrameReader} tells, in order and within `write`. */
export interface FrameEvents {
  /** A whole message, whatever its type. */
  message(data: Uint8Array): void;
  ping(data: Uint8Array): void;
  pong(data: Uint8Array): void;
  /** A close frame; nothing comes after it. 1005 stands for one without a code. */
  closing(code: number, reason: string): void;
  /** What came is not WebSocket, or is larger than `mostBytes`. Nothing comes after it. */
  broken(error: Error): void;
}

/** Reads unmasked, uncompressed frames; messages of at most `mostBytes`. */
export function createFrameReader(events: FrameEvents, mostBytes: number): FrameReader {
  // Text is data like any other here, so its encoding is nobody's business.
  const receiver = new Receiver({ isServer: false, maxPayload: mostBytes, skipUTF8Validation: true });
  receiver.on("message", (data: Buffer) => events.message(data));
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

const opcodes = { message: 2, close: 8, ping: 9, pong: 10 } as const;

/**
 * One whole frame, masked as a client's must be: its header, then the data, which is masked in place. An empty one has only its header.
 */
export function frame(kind: keyof typeof opcodes, data: Uint8Array): readonly Uint8Array[] {
  return Sender.frame(data, { fin: true, rsv1: false, mask: true, readOnly: false, opcode: opcodes[kind] });
}
