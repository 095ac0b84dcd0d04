import { constants } from "node:http2";
import type { ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from "node:http2";
import { Readable } from "node:stream";

import { ConnectionError, InputError, LimitError } from "@kubewright/core";
import type { ApiResponse } from "@kubewright/core";

import { notHttp2 } from "./answer-failure.ts";
import { ChunkQueue } from "./chunk-queue.ts";
import { connectionError } from "./failure.ts";
import type { H2Session } from "./h2-session.ts";
import { isProtocolError, unreadableAnswer, unreadableError } from "./h2-unreadable.ts";
import { respond } from "./respond.ts";
import type { Sending } from "./sending.ts";
import type { ServerAddress } from "../dial/server-address.ts";
import { writeBody } from "./write-body.ts";

/**
 * Sends one request on a session that has room, and answers when its headers are there. Where the server has certainly not
 * processed the request, the answer is what `again` brings, if it brings any.
 */
export function exchangeH2(
  session: H2Session,
  address: ServerAddress,
  sending: Sending,
  again: () => Promise<ApiResponse> | undefined,
): Promise<ApiResponse> {
  const { request, body } = sending;
  const { signal, streaming } = request;
  return new Promise((resolve, reject) => {
    const pseudo = [":method", request.method, ":scheme", "https", ":authority", address.authority];
    pseudo.push(":path", sending.target);
    let stream: ExchangeStream;
    try {
      stream = session.begin(pseudo.concat(sending.lines), streaming, body === undefined);
    } catch (error) {
      // Node's own rules for headers, such as a second authorization.
      reject(new InputError("headers", (error as Error).message, { request, cause: error }));
      return;
    }
    const exchange = new Exchange(stream, session, address, sending, again, resolve, reject);
    stream[exchangeOf] = exchange;
    stream.push = pushed;
    stream.on("response", answered).on("error", broken).on("close", closed);
    // Asks for data, as `resume()` would, which starts Node's buffering too.
    stream._read(0);
    if (signal !== undefined) exchange.abortWith(signal);
    if (body !== undefined) writeBody(stream, body, (error) => exchange.abandon(error));
  });
}

const exchangeOf = Symbol("exchange");

/**
 * The listeners are functions without a scope, which find their exchange at the stream: Node keeps every finished stream until
 * the next full garbage collection, and all that hangs on it.
 */
type ExchangeStream = ClientHttp2Stream & { [exchangeOf]?: Exchange | undefined };

/**
 * Chunks go straight to the queue. In Node's own buffer they would be lost when the connection closes behind a complete answer
 * that is still being read, which every GOAWAY leads to; and it costs time. It also tells how a stream ended: Node reports the
 * same whether the server ended it, reset it with NO_ERROR or CANCEL, or the connection broke, but only in the first case is the
 * stream not yet marked as closed.
 */
function pushed(this: ExchangeStream, chunk: Uint8Array | null): boolean {
  const exchange = this[exchangeOf];
  if (chunk !== null) return exchange === undefined || exchange.queue.push(chunk);
  if (!this.closed) exchange?.end();
  // Reset with NO_ERROR while a body goes up (RFC 9113 8.1): Node would wait until the server has taken all of it.
  else if (!this.writableFinished) process.nextTick(destroy, this);
  return Readable.prototype.push.call(this, null);
}

function destroy(stream: ClientHttp2Stream): void {
  stream.destroy();
}

function answered(this: ExchangeStream, headers: IncomingHttpHeaders & IncomingHttpStatusHeader): void {
  this[exchangeOf]?.answer(headers);
}

function broken(this: ExchangeStream, error: Error): void {
  this[exchangeOf]?.break(error);
}

function closed(this: ExchangeStream): void {
  this[exchangeOf]?.close();
  this[exchangeOf] = undefined;
}

/** One request on its stream. */
class Exchange {
  readonly queue: ChunkQueue = new ChunkQueue(this);
  readonly #stream: ClientHttp2Stream;
  readonly #session: H2Session;
  readonly #address: ServerAddress;
  readonly #sending: Sending;
  readonly #again: () => Promise<ApiResponse> | undefined;
  readonly #resolve: (response: ApiResponse | Promise<ApiResponse>) => void;
  readonly #reject: (error: unknown) => void;
  #signal: AbortSignal | undefined;
  #aborted: (() => void) | undefined;
  /** The headers were there, or a failure in their place. */
  #answered = false;
  /** Nothing more will come. */
  #over = false;
  /** The stream counts against the server's limit. */
  #counted = true;

  constructor(
    stream: ClientHttp2Stream,
    session: H2Session,
    address: ServerAddress,
    sending: Sending,
    again: () => Promise<ApiResponse> | undefined,
    resolve: (response: ApiResponse | Promise<ApiResponse>) => void,
    reject: (error: unknown) => void,
  ) {
    this.#stream = stream;
    this.#session = session;
    this.#address = address;
    this.#sending = sending;
    this.#again = again;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  abortWith(signal: AbortSignal): void {
    this.#signal = signal;
    this.#aborted = () => {
      this.#fail(signal.reason, true);
      this.#reset();
    };
    signal.addEventListener("abort", this.#aborted, { once: true });
  }

  /** Its body broke off. */
  abandon(error: unknown): void {
    this.#fail(error, true);
    this.#reset();
  }

  /** The server ended its side: the body is whole. */
  end(): void {
    if (this.#over) return;
    this.#finish();
    this.queue.end();
    if (this.#sending.body === undefined || this.#stream.writableFinished) this.#release();
    // The answer did not wait for the body, and nobody needs its rest; a server that never takes it would hold the stream for ever.
    else this.#reset();
  }

  answer(headers: IncomingHttpHeaders & IncomingHttpStatusHeader): void {
    if (this.#answered) return;
    if (this.#session.alone) this.#session.doubts(this.#sending.request, false);
    this.#settle();
    this.#resolve(respond(headers[":status"] ?? 0, fieldsOf(headers), this.queue, this.#sending));
  }

  break(error?: Error): void {
    if (this.#over && this.#answered) return;
    const failure = this.#failureOf(error);
    const untaken = !(failure instanceof LimitError) && failure.sent === "no" && !failure.permanent && !this.#answered;
    const again = untaken ? this.#again() : undefined;
    if (again === undefined) {
      this.#fail(failure, false);
    } else {
      this.#finish();
      this.#settle();
      this.#resolve(again);
    }
  }

  close(): void {
    this.#release();
    this.break();
  }

  // The queue's source

  resume(): void {
    this.#stream._read(0);
  }

  cancel(): void {
    this.#finish();
    this.#reset();
  }

  #reset(): void {
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  /** The headers were there, or something in their place. */
  #settle(): void {
    this.#answered = true;
    this.#session.unanswered -= 1;
  }

  #finish(): void {
    this.#over = true;
    if (this.#aborted !== undefined) this.#signal?.removeEventListener("abort", this.#aborted);
  }

  #fail(error: unknown, drop: boolean): void {
    this.#finish();
    this.queue.fail(error, drop);
    if (this.#answered) return;
    this.#settle();
    this.#reject(error);
  }

  #failureOf(error: Error | undefined): ConnectionError | LimitError {
    const session = this.#session;
    const { id, rstCode } = this.#stream;
    const { request } = this.#sending;
    const address = this.#address;
    const untouched =
      id === undefined ||
      rstCode === constants.NGHTTP2_REFUSED_STREAM ||
      (session.lastProcessedStream !== undefined && id > session.lastProcessedStream);
    const sent = untouched ? "no" : "maybe";
    const ended = session.lost ?? error;
    if (!session.greeted && isProtocolError(ended)) return notHttp2(address, request, ended);
    session.unreadable ??= unreadableAnswer(ended, session.unanswered);
    if (session.unreadable !== undefined && !untouched && !this.#answered) {
      session.doubts(request, true);
      return unreadableError(session.unreadable, address, request);
    }
    if (session.lost !== undefined) return connectionError(session.lost, address, { sent, request });
    const where = address.hostPort;
    const message = untouched
      ? `Refused: ${where} closes the connection and did not take the request; send it again`
      : session.ended
        ? `ConnectionLost: the connection to ${where} ended before the answer did`
        : `StreamReset: ${where} broke off the answer (HTTP/2 error ${rstCode})`;
    return new ConnectionError(message, { sent, request, cause: error });
  }

  #release(): void {
    if (!this.#counted) return;
    this.#counted = false;
    this.#session.release(this.#sending.request.streaming);
  }
}

function fieldsOf(headers: IncomingHttpHeaders): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
}
