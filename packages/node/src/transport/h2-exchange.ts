import { constants } from "node:http2";
import type { ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from "node:http2";

import { ConnectionError, InputError } from "@kubewright/core";
import type { ApiResponse } from "@kubewright/core";

import { ChunkQueue } from "./chunk-queue.ts";
import { connectionError } from "./failure.ts";
import type { H2Session } from "./h2-session.ts";
import { respond } from "./respond.ts";
import type { Sending } from "./sending.ts";
import type { ServerAddress } from "./server-address.ts";

/** Sends one request on a session that has room, and answers when its headers are there. */
export function exchangeH2(session: H2Session, address: ServerAddress, sending: Sending): Promise<ApiResponse> {
  const { request, body } = sending;
  const { signal, streaming } = request;
  return new Promise((resolve, reject) => {
    const pseudo = [
      ":method",
      request.method,
      ":scheme",
      "https",
      ":authority",
      address.authority,
      ":path",
      sending.target,
    ];
    let stream: ClientHttp2Stream;
    try {
      stream = session.begin(pseudo.concat(sending.lines), streaming, body === undefined);
    } catch (error) {
      // Node's own rules for headers, such as a second authorization.
      reject(new InputError("headers", (error as Error).message, { request, cause: error }));
      return;
    }

    let answered = false;
    let over = false;
    let counted = true;

    /** The stream no longer counts against the server's limit. */
    const release = (): void => {
      if (!counted) return;
      counted = false;
      session.release(streaming);
    };
    /** Nothing more will come; true the first time. */
    const finish = (): boolean => {
      if (over) return false;
      over = true;
      signal?.removeEventListener("abort", aborted);
      return true;
    };
    const reset = (): void => stream.close(constants.NGHTTP2_CANCEL);
    const fail = (error: unknown, drop: boolean): void => {
      finish();
      queue.fail(error, drop);
      if (!answered) reject(error);
    };
    const aborted = (): void => {
      fail(signal?.reason, true);
      reset();
    };
    const broken = (error?: Error): void => {
      if (!over || !answered) fail(failureOf(stream, error, session, address, sending), false);
    };

    const queue = new ChunkQueue({
      resume: () => stream._read(0),
      cancel: () => {
        finish();
        reset();
      },
    });

    // Chunks go straight to the queue. In Node's own buffer they would be lost when the connection closes behind a complete
    // answer that is still being read, which every GOAWAY leads to; and it costs time. It also tells how a stream ended: Node
    // reports the same whether the server ended it, reset it with NO_ERROR or CANCEL, or the connection broke, but only in the
    // first case is the stream not yet marked as closed.
    const push = stream.push;
    stream.push = (chunk: Uint8Array | null): boolean => {
      if (chunk !== null) return queue.push(chunk);
      if (!stream.closed && finish()) {
        queue.end();
        if (body === undefined || stream.writableFinished) release();
      }
      return push.call(stream, null);
    };
    stream._read(0);
    stream.on("response", (headers: IncomingHttpHeaders & IncomingHttpStatusHeader) => {
      answered = true;
      resolve(respond(headers[":status"] ?? 0, fieldsOf(headers), queue, sending));
    });
    stream.on("error", broken);
    stream.on("close", () => {
      release();
      broken();
    });

    signal?.addEventListener("abort", aborted, { once: true });
    if (body !== undefined) stream.end(body);
  });
}

function failureOf(
  stream: ClientHttp2Stream,
  error: Error | undefined,
  session: H2Session,
  address: ServerAddress,
  { request }: Sending,
): ConnectionError {
  const untouched =
    stream.id === undefined ||
    stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ||
    (session.lastProcessedStream !== undefined && stream.id > session.lastProcessedStream);
  const sent = untouched ? "no" : "maybe";
  if (session.lost !== undefined) return connectionError(session.lost, address, { sent, request });
  const where = address.hostPort;
  const message = untouched
    ? `Refused: ${where} closes the connection and did not take the request; send it again`
    : session.ended
      ? `ConnectionLost: the connection to ${where} ended before the answer did`
      : `StreamReset: ${where} broke off the answer (HTTP/2 error ${stream.rstCode})`;
  return new ConnectionError(message, { sent, request, cause: error });
}

function fieldsOf(headers: IncomingHttpHeaders): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
}
