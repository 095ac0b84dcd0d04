import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import type { TLSSocket } from "node:tls";

import type { CertifiedKey } from "./certificates.ts";

/** Frame types of RFC 9113, section 6. */
export const frameTypes = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** Error codes of RFC 9113, section 7. */
export const errorCodes = { none: 0, protocol: 1, internal: 2, refused: 7, cancel: 8, calm: 11 } as const;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** One client's connection, frame by frame: what Node's own server would never send can be sent here. */
export interface RawConnection {
  readonly socket: TLSSocket;
  /** Everything that came, oldest first. */
  readonly frames: Frame[];
  /** While true, nothing is answered: no PING, no SETTINGS. */
  deaf: boolean;
  headers(stream: number, status: number, fields?: Readonly<Record<string, string>>, end?: boolean): void;
  data(stream: number, bytes: string | Uint8Array, end?: boolean): void;
  reset(stream: number, code: number): void;
  goAway(lastStream: number, code: number): void;
  settings(maxConcurrentStreams: number): void;
}

export interface RawH2Server {
  readonly origin: string;
  readonly connections: RawConnection[];
  close(): Promise<void>;
}

/**
 * An HTTP/2 server of bare frames over TLS. `onRequest` hears of each HEADERS frame (undecoded); PING and SETTINGS are answered.
 * Flow control is not looked at: send less than the client's window.
 */
export async function startRawH2Server(
  { cert, key }: CertifiedKey,
  onRequest: (connection: RawConnection, stream: number) => void,
  maxConcurrentStreams = 100,
): Promise<RawH2Server> {
  const connections: RawConnection[] = [];
  const server = createServer({ cert, key, ALPNProtocols: ["h2"] }, (socket) => {
    const connection = createConnection(socket);
    connections.push(connection);
    connection.settings(maxConcurrentStreams);
    let unread: Buffer = Buffer.alloc(0);
    let greeted = false;
    socket.setNoDelay(true).on("error", () => {});
    socket.on("data", (bytes: Buffer) => {
      unread = Buffer.concat([unread, bytes]);
      if (!greeted && unread.length >= 24) {
        greeted = true;
        unread = unread.subarray(24);
      }
      while (greeted && unread.length >= 9 && unread.length >= 9 + unread.readUIntBE(0, 3)) {
        const length = unread.readUIntBE(0, 3);
        const frame: Frame = {
          type: unread.readUInt8(3),
          flags: unread.readUInt8(4),
          stream: unread.readUInt32BE(5) & 0x7fffffff,
          payload: unread.subarray(9, 9 + length),
        };
        unread = unread.subarray(9 + length);
        connection.frames.push(frame);
        if (connection.deaf) continue;
        const isAnswer = (frame.flags & 1) === 1;
        if (frame.type === frameTypes.ping && !isAnswer) write(socket, frameTypes.ping, 1, 0, frame.payload);
        if (frame.type === frameTypes.settings && !isAnswer) write(socket, frameTypes.settings, 1, 0);
        if (frame.type === frameTypes.headers) onRequest(connection, frame.stream);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const { socket } of connections) socket.destroy();
      await closed;
    },
  };
}

function createConnection(socket: TLSSocket): RawConnection {
  return {
    socket,
    frames: [],
    deaf: false,
    headers(stream, status, fields = {}, end = false) {
      const block = [
        literal(":status", String(status)),
        ...Object.entries(fields).map(([name, value]) => literal(name, value)),
      ];
      const bytes = Buffer.concat(block);
      // As Go's server: in frames of 16 KiB, which every client takes.
      for (let at = 0; at === 0 || at < bytes.length; at += frameBytes) {
        const flags = (at + frameBytes >= bytes.length ? 4 : 0) | (end && at === 0 ? 1 : 0);
        const type = at === 0 ? frameTypes.headers : frameTypes.continuation;
        write(socket, type, flags, stream, bytes.subarray(at, at + frameBytes));
      }
    },
    data(stream, bytes, end = false) {
      write(socket, frameTypes.data, end ? 1 : 0, stream, Buffer.from(bytes));
    },
    reset(stream, code) {
      write(socket, frameTypes.reset, 0, stream, uint32(code));
    },
    goAway(lastStream, code) {
      write(socket, frameTypes.goAway, 0, 0, Buffer.concat([uint32(lastStream), uint32(code)]));
    },
    settings(maxConcurrentStreams) {
      write(socket, frameTypes.settings, 0, 0, Buffer.concat([Buffer.from([0, 3]), uint32(maxConcurrentStreams)]));
    },
  };
}

function write(
  socket: TLSSocket,
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = new Uint8Array(),
): void {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  socket.write(Buffer.concat([head, payload]));
}

const frameBytes = 16 * 1024;

/** HPACK, RFC 7541 6.2.2: literal without indexing, new name, no Huffman. */
function literal(name: string, value: string): Buffer {
  return Buffer.concat([
    Buffer.from([0, ...length(name.length)]),
    Buffer.from(name, "latin1"),
    Buffer.from(length(value.length)),
    Buffer.from(value, "latin1"),
  ]);
}

/** RFC 7541 5.1, with a prefix of seven bits. */
function length(number: number): number[] {
  if (number < 127) return [number];
  const bytes = [127];
  let rest = number - 127;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function uint32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}
