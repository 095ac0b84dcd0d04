import { type Clock, systemClock } from "../time/clock.ts";
import type { ApiRequest, ApiResponse } from "../transport/transport.ts";
import type { Interceptor } from "./interceptor.ts";

/** Takes measurements under client-go's names, so that its dashboards and alerts fit. Must not throw. */
export interface MetricsSink {
  /** A counter grows by one. */
  count(name: CounterName, labels: Readonly<Record<string, string>>): void;
  /** A histogram takes a value: seconds or bytes, as its name says. */
  observe(name: HistogramName, value: number, labels: Readonly<Record<string, string>>): void;
  /**
   * A gauge, told once by each connection that has it; `read` gives its value at any time. Where several connections tell the same
   * gauge, the least value is the process's.
   */
  gauge?(name: GaugeName, read: () => number): void;
}

/**
 * - `rest_client_requests_total` (labels code, method, host): each request sent, retries too; the code of a failed connection is
 *   `<error>`.
 * - `rest_client_request_retries_total` (code, verb, host): those of them that are second and later attempts.
 * - `rest_client_exec_plugin_call_total` (code, call_status): each start of a credential plugin. `no_error`, code 0;
 *   `plugin_execution_error`, its exit code, -1 where a signal ended it, as after a time limit; `plugin_not_found_error`, 1, also when
 *   it may not be executed; `client_internal_error`, 1.
 * - `reflector_lists_total`, `reflector_watches_total` (name, the resource): lists and watches of watchers and informers.
 *   `reflector_short_watches_total` (name): watches that ended within a second without an event.
 */
export type CounterName =
  | "rest_client_requests_total"
  | "rest_client_request_retries_total"
  | "rest_client_exec_plugin_call_total"
  | "reflector_lists_total"
  | "reflector_watches_total"
  | "reflector_short_watches_total";

/**
 * As in client-go, `verb` is the HTTP method. Names of k8s.io/component-base/metrics/prometheus/restclient.
 *
 * - `rest_client_request_duration_seconds` (verb, host): until the headers came.
 * - `rest_client_request_size_bytes` (verb, host): the request's body.
 * - `rest_client_response_size_bytes` (verb, host): the response's body, decompressed, when it was read to its end; not of watches
 *   and followed logs.
 * - `rest_client_rate_limiter_duration_seconds` (verb, host): how long `rateLimit` held a request back.
 * - `rest_client_exec_plugin_certificate_rotation_age` (none): seconds from the beginning of a plugin's client certificate to the
 *   moment when another one takes its place.
 * - `reflector_list_duration_seconds`, `reflector_items_per_list` (name, the resource): lists of watchers and informers, page by page.
 * - `reflector_watch_duration_seconds`, `reflector_items_per_watch` (name): their watches. Names of k8s.io/client-go/tools/cache.
 */
export type HistogramName =
  | "rest_client_request_duration_seconds"
  | "rest_client_request_size_bytes"
  | "rest_client_response_size_bytes"
  | "rest_client_rate_limiter_duration_seconds"
  | "rest_client_exec_plugin_certificate_rotation_age"
  | "reflector_list_duration_seconds"
  | "reflector_items_per_list"
  | "reflector_watch_duration_seconds"
  | "reflector_items_per_watch";

/**
 * `rest_client_exec_plugin_ttl_seconds`: seconds until the client certificate of a connection's credential plugin ends, below 0 once
 * it has ended; `Infinity` where the plugin brought none.
 */
export type GaugeName = "rest_client_exec_plugin_ttl_seconds";

/** Measures every request that goes to the transport. `clock`: that of the cluster. */
export function metrics(sink: MetricsSink, server: string, clock: Clock = systemClock): Interceptor {
  const { host } = new URL(server);
  return (next) => async (request) => {
    const { method, body, streaming } = request;
    const labels = { verb: method, host };
    const began = clock.now();
    const done = (code: string): void => {
      sink.observe("rest_client_request_duration_seconds", (clock.now() - began) / 1000, labels);
      sink.count("rest_client_requests_total", { code, method, host });
    };
    if (body !== undefined) sink.observe("rest_client_request_size_bytes", sizeOf(body), labels);
    const response = await codeOf(() => next(request), done);
    if (streaming) return response;
    return withSize(response, (size) => sink.observe("rest_client_response_size_bytes", size, labels));
  };
}

/** Counts what is sent again; stands right behind `retry`, which sends the same request each time. */
export function retryMetrics(sink: MetricsSink, server: string): Interceptor {
  const { host } = new URL(server);
  const sent = new WeakSet();
  return (next) => async (request) => {
    if (!sent.has(request)) {
      sent.add(request);
      return next(request);
    }
    return codeOf(
      () => next(request),
      (code) => sink.count("rest_client_request_retries_total", { code, verb: request.method, host }),
    );
  };
}

/** Tells the code of an answer, `<error>` where there is none. */
async function codeOf(send: () => Promise<ApiResponse>, tell: (code: string) => void): Promise<ApiResponse> {
  let code = "<error>";
  try {
    const response = await send();
    code = String(response.status);
    return response;
  } finally {
    tell(code);
  }
}

function withSize(response: ApiResponse, ended: (size: number) => void): ApiResponse {
  const { status, headers } = response;
  return { status, headers, body: counted(response.body, ended), discard: () => response.discard() };
}

function counted(body: AsyncIterable<Uint8Array>, ended: (size: number) => void): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const chunks = body[Symbol.asyncIterator]();
      let size = 0;
      let over = false;
      return {
        async next() {
          const result = await chunks.next();
          if (result.done !== true) size += result.value.length;
          else if (!over) {
            over = true;
            ended(size);
          }
          return result;
        },
        // At once, also while a chunk is waited for, as the body's own.
        return: async () => (await chunks.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}

function sizeOf(body: NonNullable<ApiRequest["body"]>): number {
  return typeof body === "string" ? new TextEncoder().encode(body).length : body.length;
}
