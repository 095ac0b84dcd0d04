import { connect, type Socket } from "node:net";

/** What a server answered on a raw connection. */
export interface RawAnswer {
  /** 0 where it broke the connection without a word. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
  /** The connection, still open unless the server closed it. */
  readonly socket: Socket;
}

/** Writes bytes as they are to a port of this machine, and reads the first answer to its end. */
export function sendRaw(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let read = "";
    const isHead = String(parts[0]).startsWith("HEAD ");
    const socket = connect(port, "127.0.0.1");
    const done = (): void => {
      const { head, body } = split(read);
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, body, socket });
    };
    socket.on("data", (chunk) => {
      read += chunk.toString("latin1");
      if (isWhole(read) || (isHead && read.includes("\r\n\r\n"))) done();
    });
    // A server that resets the connection has answered too, in its way.
    socket.on("error", done);
    socket.on("close", done);
    for (const part of parts) socket.write(part);
  });
}

/** Head and body, without an interim answer before them. */
function split(all: string): { readonly head: string; readonly body: string } {
  const read = all.replace(/^HTTP\/1\.1 1\d\d .*?\r\n\r\n/s, "");
  const end = read.indexOf("\r\n\r\n");
  return end < 0 ? { head: read, body: "" } : { head: read.slice(0, end), body: read.slice(end + 4) };
}

function isWhole(read: string): boolean {
  const { head, body } = split(read);
  if (!read.endsWith(`${head}\r\n\r\n${body}`)) return false;
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length);
  // Of a stream of events, the head is the answer.
  return (
    `\r\n${body}`.includes("\r\n0\r\n\r\n") || /^content-type: text\/event-stream$/im.test(head) || / 204 /.test(head)
  );
}
