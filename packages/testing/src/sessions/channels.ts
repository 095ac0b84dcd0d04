import type { TerminalSize } from "@kubewright/core";

// The server's side of https://pkg.go.dev/k8s.io/cri-streaming: the first byte of each message says which channel it belongs to.

/** v5 is v4 with the closing of a channel. */
export const execProtocols = { v5: "v5.channel.k8s.io", v4: "v4.channel.k8s.io" } as const;

export const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;

/** What a message of the client says. */
export type ClientMessage =
  | { readonly is: "stdin"; readonly data: Uint8Array }
  | { readonly is: "size"; readonly size: TerminalSize }
  /** Ends a channel, and more than one byte behind it the session. */
  | { readonly is: "close"; readonly channel: number | undefined };

/** Undefined for what says nothing: empty messages, unknown channels, and in v4 the closing of one. */
export function readClientMessage(message: Uint8Array, protocol: string): ClientMessage | undefined {
  const data = message.subarray(1);
  switch (message[0]) {
    case channels.stdin:
      return data.byteLength === 0 ? undefined : { is: "stdin", data };
    case channels.resize:
      return sizeOf(data);
    case channels.close:
      if (protocol !== execProtocols.v5) return undefined;
      return { is: "close", channel: data.byteLength === 1 ? data[0] : undefined };
    default:
      return undefined;
  }
}

function sizeOf(data: Uint8Array): ClientMessage | undefined {
  try {
    const { Width: columns, Height: rows } = JSON.parse(new TextDecoder().decode(data)) as Record<string, unknown>;
    return typeof columns === "number" && typeof rows === "number"
      ? { is: "size", size: { columns, rows } }
      : undefined;
  } catch {
    return undefined;
  }
}

/** How much the server puts into a message, without the channel. */
const pieceBytes = 32 * 1024;

/** The messages that bring this. */
export function* messagesOf(channel: number, data: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < data.byteLength; at += pieceBytes) yield ofChannel(channel, data.subarray(at, at + pieceBytes));
}

/** One message. */
export function ofChannel(channel: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  const message = new Uint8Array(data.byteLength + 1);
  message[0] = channel;
  message.set(data, 1);
  return message;
}
