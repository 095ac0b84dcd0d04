import {
  type ApiRequest,
  type ApiResponse,
  ConnectionError,
  isBodyStream,
  type MessageSocket,
  type Transport,
} from "@kubewright/core";
import { BrokenConnection } from "../exchange/broken-connection.ts";
import type { Serve, ServerAnswer, ServerUpgrade } from "../exchange/exchange.ts";
import { requestHeaders } from "../exchange/request-headers.ts";
import { PairedSocket } from "./socket-pair.ts";

const nothing = new Uint8Array();
const encoder = new TextEncoder();

/** A transport that reaches the server without a network. */
export function injectedTransport(serve: Serve, server: string): Transport {
  const closing = new AbortController();
  return {
    server,
    async send(request: ApiRequest): Promise<ApiResponse> {
      const { method, path, query, headers } = request;
      const signal = AbortSignal.any([closing.signal, ...(request.signal === undefined ? [] : [request.signal])]);
      signal.throwIfAborted();
      const answer = await asConnection(
        serve({
          method,
          path,
          query,
          headers: requestHeaders(headers),
          body: await wholeBody(request.body),
          upgrade: request.upgrade,
          signal,
        }),
      );
      const socket = answer.upgrade === undefined ? undefined : openedSocket(answer.upgrade, signal);
      return {
        status: answer.status,
        headers: { get: (name) => answer.headers[name]?.join(", ") },
        body: answer.body instanceof Uint8Array ? once(answer.body) : untilAborted(answer.body, signal),
        discard: () => undefined,
        socket,
      };
    },
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}

async function wholeBody(body: ApiRequest["body"]): Promise<Uint8Array> {
  if (!isBodyStream(body)) return typeof body === "string" ? encoder.encode(body) : (body ?? nothing);
  const whole = new Uint8Array(body.length);
  let at = 0;
  for await (const chunk of body.chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** The client's end of an upgrade, which the server serves from now on. */
function openedSocket({ protocol, run }: ServerUpgrade, signal: AbortSignal): MessageSocket {
  const [near, far] = PairedSocket.pair(protocol);
  const abort = (): void => near.breakOff(signal.reason, { error: new BrokenConnection("end"), atOnce: true });
  signal.addEventListener("abort", abort, { once: true });
  void near.closed.then(() => signal.removeEventListener("abort", abort));
  run(far).catch((error: unknown) => {
    const atOnce = error instanceof BrokenConnection && error.how === "reset";
    far.breakOff(error, { error: connectionError(error), atOnce });
  });
  return near;
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
