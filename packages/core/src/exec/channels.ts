import type { TerminalSize } from "../types/pod-run.ts";

// The channels of https://pkg.go.dev/k8s.io/cri-streaming: the first byte of each message says which it belongs to.

/** The subprotocols, newest first. v5 is v4 with the closing of a channel, without which a command's input cannot end. */
export const subprotocols = { v5: "v5.channel.k8s.io", v4: "v4.channel.k8s.io" } as const;

/**
 * What to offer for a session, the best first. Only v5 can end a command's input, without which what reads to its end waits for ever. A
 * session without input speaks v4, which servers hand on to the container runtime as it is: v5 they translate, and where a command ends
 * while its output waits for a slow reader, that can lose the rest of it and call it a success (seen on 1.36).
 */
export function sessionProtocols(stdin: boolean, mustEnd: boolean): readonly string[] {
  if (!stdin) return [subprotocols.v4];
  return mustEnd ? [subprotocols.v5] : [subprotocols.v5, subprotocols.v4];
}

const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;

/** What a message of the server says; undefined for what says nothing: empty ones, and channels that are not the server's. */
export interface Received {
  readonly channel: "stdout" | "stderr" | "status";
  /** A view of the message. */
  readonly data: Uint8Array;
}

/** Reads one message of the server. */
export function readMessage(message: Uint8Array): Received | undefined {
  if (message.byteLength < 2) return undefined;
  const data = message.subarray(1);
  switch (message[0]) {
    case channels.stdout:
      return { channel: "stdout", data };
    case channels.stderr:
      return { channel: "stderr", data };
    case channels.status:
      return { channel: "status", data };
    default:
      return undefined;
  }
}

/**
 * How much input a message holds, in bytes. The server reads whole messages, of up to 32 MiB; it answers no ping between two of them
 * until it has handed the first on.
 */
const pieceBytes = 64 * 1024;

/** The messages that bring this input. */
export function* inputMessages(data: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < data.byteLength; at += pieceBytes)
    yield ofChannel(channels.stdin, data.subarray(at, at + pieceBytes));
}

/** Ends the input. v5 only: a server of v4 ignores it. */
export function inputEnd(): Uint8Array {
  return new Uint8Array([channels.close, channels.stdin]);
}

/** The size of the terminal, as k8s.io/apimachinery's TerminalSize in JSON. */
export function sizeMessage({ columns, rows }: TerminalSize): Uint8Array {
  return ofChannel(channels.resize, new TextEncoder().encode(JSON.stringify({ Width: columns, Height: rows })));
}

function ofChannel(channel: number, data: Uint8Array): Uint8Array {
  const message = new Uint8Array(data.byteLength + 1);
  message[0] = channel;
  message.set(data, 1);
  return message;
}
