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
    let whole = false;
    let over = false;
    let counted = true;

    /** The stream no longer counts against the server's limit. */
    const release = (): void => {
      if (!counted) return;
      counted = false;
      session.release(streaming);
    };
    /** Nothing more is to be told; true the first time. */
    const finish = (): boolean => {
      if (over) return false;
      over = true;
      signal?.removeEventListener("abort", aborted);
      return true;
    };
    const reset = (): void => stream.close(constants.NGHTTP2_CANCEL);
    const fail = (error: unknown, drop: boolean): void => {
      if (!finish()) return;
      if (answered) queue.fail(error, drop);
      else reject(error);
    };
    const aborted = (): void => {
      fail(signal?.reason, true);
      reset();
    };
    const broken = (error?: Error): void => {
      if (!over) fail(failureOf(stream, error, session, address, sending), false);
    };

    const queue = new ChunkQueue({
      pause: () => stream.pause(),
      resume: () => stream.resume(),
      cancel: () => {
        finish();
        reset();
      },
    });

    // Node ends a stream in the same way whether the server ended it, reset it with NO_ERROR or CANCEL, or its connection
    // broke. Only in the first case does the end come while the stream is not yet marked as closed.
    const push = stream.push;
    stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
      if (chunk === null && !stream.closed) {
        whole = true;
        if (body === undefined || stream.writableFinished) release();
      }
      return push.call(stream, chunk, encoding);
    };
    stream.on("data", (chunk: Uint8Array) => queue.push(chunk));
    stream.on("response", (headers: IncomingHttpHeaders & IncomingHttpStatusHeader) => {
      if (over) return;
      answered = true;
      resolve(respond(headers[":status"] ?? 0, fieldsOf(headers), queue, sending));
    });
    stream.on("end", () => {
      // Otherwise "close" follows and says why.
      if (!whole || !answered) return;
      finish();
      queue.end();
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
