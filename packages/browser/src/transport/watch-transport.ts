import {
  type ApiRequest,
  type ApiResponse,
  type Clock,
  ConnectionError,
  isStatusError,
  type ResponseHeaders,
  type StatusError,
  type Transport,
} from "@kubewright/core";
import { NotServedError, type Batch, type Watches } from "../events/watches.ts";
import { type AskedWatch, askedWatch } from "./watched-of.ts";
import { watchLines } from "./watch-lines.ts";

/** What a transport with shared watches is made of. */
export interface WatchTransportParts {
  /** Sends whatever is no watch. */
  readonly transport: Transport;
  /** Brings the watches. */
  readonly watches: Watches;
  readonly clock: Clock;
  /** Is told once when watches have to go one by one. */
  onPlain(): void;
}

/** A transport whose watches are subscriptions of one connection, as far as the server has that; nobody above sees a difference. */
export function watchTransport({ transport, watches, clock, onPlain }: WatchTransportParts): Transport {
  let plain = false;

  async function send(request: ApiRequest): Promise<ApiResponse> {
    const asked = request.verb === "watch" && !plain ? askedWatch(request) : undefined;
    if (asked !== undefined) {
      try {
        return await watch(request, asked);
      } catch (error) {
        if (!(error instanceof NotServedError)) throw error;
        if (!plain) onPlain();
        plain = true;
      }
    }
    const response = await transport.send(request);
    if (response.status < 400) watches.succeeded();
    return response;
  }

  async function watch(request: ApiRequest, asked: AskedWatch): Promise<ApiResponse> {
    const ending = new AbortController();
    const abort = (): void => ending.abort(request.signal?.reason);
    const release = (): void => {
      request.signal?.removeEventListener("abort", abort);
      stopClock?.();
      ending.abort();
    };
    request.signal?.throwIfAborted();
    request.signal?.addEventListener("abort", abort);
    const { timeoutSeconds } = asked;
    let stopClock: (() => void) | undefined;
    let events: AsyncIterable<Batch>;
    try {
      events = await watches.watch(asked.watched, ending.signal);
    } catch (error) {
      release();
      if (isStatusError(error)) return refusal(error);
      throw ofRequest(error, request);
    }
    let timeUp = false;
    if (timeoutSeconds !== undefined)
      stopClock = clock.after(timeoutSeconds * 1000, () => {
        timeUp = true;
        ending.abort();
      });

    async function* body(): AsyncGenerator<Uint8Array, undefined> {
      try {
        for await (const batch of events) yield watchLines(batch, asked);
      } catch (error) {
        if (!timeUp) throw ofRequest(error, request);
      } finally {
        release();
      }
    }

    return { status: 200, headers: jsonHeaders(), body: body(), discard: release };
  }

  return {
    server: transport.server,
    send,
    onReachable: (listener) => watches.onReachable(listener),
    close() {
      watches.close();
      return transport.close();
    },
  };
}

function jsonHeaders(more: Readonly<Record<string, string>> = {}): ResponseHeaders {
  const headers: Readonly<Record<string, string | undefined>> = { "content-type": "application/json", ...more };
  return { get: (name) => headers[name] };
}

/** A refusal, as the server would have answered a watch. */
function refusal({ status, statusCode, retryAfterSeconds }: StatusError): ApiResponse {
  const body = new TextEncoder().encode(JSON.stringify(status));
  return {
    status: statusCode,
    headers: jsonHeaders(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
    body: (async function* () {
      yield body;
    })(),
    discard() {},
  };
}

/** A failure of the connection, as one of the request, unless it says what failed. */
function ofRequest(error: unknown, request: ApiRequest): unknown {
  if (!(error instanceof ConnectionError) || error.request !== undefined) return error;
  const { message, cause, sent, permanent } = error;
  return new ConnectionError(message, { request, cause, sent, permanent });
}
