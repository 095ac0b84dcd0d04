import { type ApiRequest, type ApiResponse, ConnectionError, type Transport } from "@kubewright/core";
import { BrokenConnection } from "../exchange/broken-connection.ts";
import type { Serve, ServerAnswer } from "../exchange/exchange.ts";
import { requestHeaders } from "../exchange/request-headers.ts";

const nothing = new Uint8Array();
const encoder = new TextEncoder();

/** A transport that reaches the server without a network. */
export function injectedTransport(serve: Serve, server: string): Transport {
  const closing = new AbortController();
  return {
    server,
    async send(request: ApiRequest): Promise<ApiResponse> {
      const { method, path, query, headers, body } = request;
      const signal = AbortSignal.any([closing.signal, ...(request.signal === undefined ? [] : [request.signal])]);
      signal.throwIfAborted();
      const answer = await asConnection(
        serve({
          method,
          path,
          query,
          headers: requestHeaders(headers),
          body: typeof body === "string" ? encoder.encode(body) : (body ?? nothing),
          signal,
        }),
      );
      return {
        status: answer.status,
        headers: { get: (name) => answer.headers[name]?.join(", ") },
        body: answer.body instanceof Uint8Array ? once(answer.body) : untilAborted(answer.body, signal),
        discard: () => undefined,
      };
    },
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, undefined> {
  yield await Promise.resolve(bytes);
}

async function* untilAborted(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    throw connectionError(error);
  }
  signal.throwIfAborted();
}

/** What carries exchanges breaks connections: here, they break as errors. */
async function asConnection(answer: Promise<ServerAnswer>): Promise<ServerAnswer> {
  try {
    return await answer;
  } catch (error) {
    throw connectionError(error);
  }
}

function connectionError(error: unknown): unknown {
  if (!(error instanceof BrokenConnection)) return error;
  return new ConnectionError(`Connection lost: ${error.message}`, { cause: error });
}
