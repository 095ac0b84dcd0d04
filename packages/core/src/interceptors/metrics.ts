import type { Interceptor } from "./interceptor.ts";

/** Takes measurements under client-go's names, so that its dashboards and alerts fit. Must not throw. */
export interface MetricsSink {
  /** A counter grows by one. */
  count(name: CounterName, labels: Readonly<Record<string, string>>): void;
  /** A histogram takes a value: seconds or bytes, as its name says. */
  observe(name: HistogramName, value: number, labels: Readonly<Record<string, string>>): void;
}

/**
 * `rest_client_requests_total` (labels code, method, host): each request sent, retries too; the code of a failed connection is
 * `<error>`.
 */
export type CounterName = "rest_client_requests_total";

/**
 * `rest_client_request_duration_seconds` (verb, host): until the headers came; `rest_client_request_size_bytes` (verb, host): the
 * request's body. As in client-go, `verb` is the HTTP method. Names of k8s.io/component-base/metrics/prometheus/restclient.
 */
export type HistogramName = "rest_client_request_duration_seconds" | "rest_client_request_size_bytes";

/** Measures every request that goes to the transport. */
export function metrics(sink: MetricsSink, server: string): Interceptor {
  const { host } = new URL(server);
  return (next) => async (request) => {
    const { method, body } = request;
    const began = performance.now();
    const done = (code: string): void => {
      sink.observe("rest_client_request_duration_seconds", (performance.now() - began) / 1000, { verb: method, host });
      sink.count("rest_client_requests_total", { code, method, host });
    };
    if (body !== undefined) sink.observe("rest_client_request_size_bytes", sizeOf(body), { verb: method, host });
    try {
      const response = await next(request);
      done(String(response.status));
      return response;
    } catch (error) {
      done("<error>");
      throw error;
    }
  };
}

function sizeOf(body: string | Uint8Array): number {
  return typeof body === "string" ? new TextEncoder().encode(body).length : body.length;
}
