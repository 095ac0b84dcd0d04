import { connect, type ClientHttp2Session } from "node:http2";
import { createConnection } from "node:net";

// The two calls of etcd that fleet/ needs: gRPC is a POST over HTTP/2 with a message behind five bytes.

export interface Stored {
  readonly key: string;
  readonly value: Buffer;
}

const plain = { ":method": "POST", "content-type": "application/grpc", te: "trailers" };
const pageSize = 500;

/** A connection to etcd on its Unix socket, past every API server. */
export class Etcd implements AsyncDisposable {
  readonly #session: ClientHttp2Session;

  constructor(socket: string) {
    this.#session = connect("http://localhost", { createConnection: () => createConnection(socket) });
    this.#session.on("error", () => undefined); // every call of it says so
  }

  /** Sets a key to a value. */
  async put(key: string, value: Buffer): Promise<void> {
    await this.#call("Put", Buffer.concat([field(1, Buffer.from(key)), field(2, value)]));
  }

  /** What stands under every key with the prefix, in the order of the keys. */
  async under(prefix: string): Promise<readonly Stored[]> {
    const end = Buffer.from(prefix);
    end[end.length - 1]! += 1;
    const found: Stored[] = [];
    for (let from = prefix; ; from = `${found.at(-1)!.key}\0`) {
      const limit = Buffer.from([0x18, ...varint(pageSize)]);
      const answer = await this.#call("Range", Buffer.concat([field(1, Buffer.from(from)), field(2, end), limit]));
      const page = fieldsOf(answer)
        .filter(({ number }) => number === 2)
        .map(({ bytes }) => stored(bytes));
      found.push(...page);
      if (page.length < pageSize) return found;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => this.#session.close(resolve));
  }

  #call(method: string, message: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const stream = this.#session.request({ ...plain, ":path": `/etcdserverpb.KV/${method}` });
      const chunks: Buffer[] = [];
      let status: unknown;
      let reason: unknown;
      stream.on("trailers", (trailers) => {
        ({ "grpc-status": status, "grpc-message": reason } = trailers);
      });
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", reject);
      stream.on("end", () => {
        if (Number(status) === 0) resolve(Buffer.concat(chunks).subarray(5));
        else reject(new Error(`etcd answered ${method} with ${String(status)}: ${String(reason)}`));
      });
      const head = Buffer.alloc(5);
      head.writeUInt32BE(message.length, 1);
      stream.end(Buffer.concat([head, message]));
    });
  }
}

function stored(bytes: Buffer): Stored {
  const fields = fieldsOf(bytes);
  const get = (number: number): Buffer => fields.find((one) => one.number === number)!.bytes;
  return { key: get(1).toString(), value: get(5) };
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes]);
}

/** The fields of a protobuf message that have a length; numbers are passed over. */
function fieldsOf(message: Buffer): { number: number; bytes: Buffer }[] {
  const found: { number: number; bytes: Buffer }[] = [];
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = message[at++]!;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = next();
    const value = next();
    if ((tag & 7) !== 2) continue;
    found.push({ number: tag >>> 3, bytes: message.subarray(at, at + value) });
    at += value;
  }
  return found;
}
