import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** What the command wrote. */
export const written = "said";

/** Answers an exec with a session in which the command has already ended. */
export function answerExec({ headers }: IncomingMessage, socket: Duplex): void {
  // RFC 6455, 4.2.2.
  const key = `${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const head = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${createHash("sha1").update(key).digest("base64")}`,
    "Sec-WebSocket-Protocol: v5.channel.k8s.io",
  ];
  socket.on("error", () => {}).resume();
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  socket.write(message(1, written));
  socket.write(message(3, JSON.stringify({ metadata: {}, status: "Success" })));
  socket.end(Buffer.from([0x88, 2, 1000 >> 8, 1000 & 255]));
}

/** A message of a channel, of less than 126 bytes. */
function message(channel: number, text: string): Buffer {
  const data = Buffer.from([channel, ...Buffer.from(text)]);
  return Buffer.from([0x82, data.length, ...data]);
}
