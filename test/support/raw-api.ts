import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { splitFrames } from "./protobuf-wire.ts";

/** Where and as whom. */
export interface RawApiOptions {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** PEM file. */
  readonly caFile: string;
  readonly token: string;
  /** Default `application/json`. */
  readonly accept?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface RawWatch {
  readonly status: number;
  readonly headers: RawAnswer["headers"];
  /** Resolves when the server ended it, or after `close()`; rejects when it broke. */
  readonly ended: Promise<void>;
  close(): void;
}

/** An API server as it is, without a client library: what is judged must not judge itself. */
export interface RawApi {
  send(method: string, path: string, body?: object, contentType?: string): Promise<RawAnswer>;
  /** Resolves with the headers. Lines of JSON come with their end, frames of protobuf with the length before them, a refusal whole. */
  watch(path: string, onPart: (part: Buffer) => void): Promise<RawWatch>;
  close(): void;
}

/** What the bytes of a watch are made of so far, and what is left of them. */
function parts(bytes: Buffer, type: string | undefined): { readonly whole: readonly Buffer[]; readonly rest: Buffer } {
  if (type === "application/vnd.kubernetes.protobuf;stream=watch") {
    const { frames, rest } = splitFrames(bytes);
    return { whole: frames.map((frame) => Buffer.from(frame)), rest: Buffer.from(rest) };
  }
  const whole: Buffer[] = [];
  // A refusal.
  if (type === "application/vnd.kubernetes.protobuf") return { whole, rest: bytes };
  let at = 0;
  for (let end = bytes.indexOf("\n"); end >= 0; end = bytes.indexOf("\n", at)) {
    whole.push(bytes.subarray(at, end + 1));
    at = end + 1;
  }
  return { whole, rest: bytes.subarray(at) };
}

/** Opens it; nothing is sent yet. */
export function rawApi({ server, caFile, token, accept = "application/json" }: RawApiOptions): RawApi {
  const agent = new Agent({ ca: readFileSync(caFile), keepAlive: true });
  const { hostname, port } = new URL(server);

  function begin(method: string, path: string, body?: object, contentType = "application/json") {
    const headers = {
      authorization: `Bearer ${token}`,
      accept,
      ...(body === undefined ? {} : { "content-type": contentType }),
    };
    const sent = request({ agent, hostname, port, method, path, headers });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    return sent;
  }

  return {
    send: (method, path, body, contentType) =>
      new Promise((resolve, reject) => {
        begin(method, path, body, contentType)
          .on("error", reject)
          .on("response", (answer) => {
            const chunks: Buffer[] = [];
            answer.on("error", reject).on("data", (chunk: Buffer) => chunks.push(chunk));
            answer.on("end", () => {
              const { statusCode: status = 0, headers } = answer;
              const bytes = Buffer.concat(chunks);
              resolve({ status, headers, bytes, text: bytes.toString() });
            });
          });
      }),
    watch: (path, onPart) =>
      new Promise((resolve, reject) => {
        const sent = begin("GET", path);
        sent.on("error", reject).on("response", (answer) => {
          let unread: Buffer = Buffer.alloc(0);
          answer.on("data", (chunk: Buffer) => {
            const { whole, rest } = parts(Buffer.concat([unread, chunk]), answer.headers["content-type"]);
            unread = rest;
            for (const part of whole) onPart(part);
          });
          let closed = false;
          const ended = new Promise<void>((end, fail) => {
            answer.on("end", () => {
              if (unread.length > 0) onPart(unread);
              end();
            });
            answer.on("error", (error) => (closed ? end() : fail(error)));
          });
          ended.catch(() => undefined); // who waits for it is told
          const { statusCode: status = 0, headers } = answer;
          const close = (): void => {
            closed = true;
            sent.destroy();
          };
          resolve({ status, headers, ended, close });
        });
      }),
    close: () => agent.destroy(),
  };
}
