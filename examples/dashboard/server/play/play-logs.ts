import { setTimeout } from "node:timers/promises";
import type { ApiResponse, Interceptor } from "kubewright";
import { between } from "./kubelet.ts";

// The first are said most often.
const said = [
  "GET /products?page=2 200 14ms",
  "GET /cart 200 6ms",
  "POST /cart/items 201 22ms",
  "GET /products/4711 200 9ms",
  "cache hit for catalog:featured",
  "GET /healthz 200 0ms",
  "refreshed 214 prices in 88ms",
  "POST /checkout 202 131ms",
  "session 7f3a… expired",
  "slow query: SELECT … FROM orders WHERE customer = $1 (412ms)",
  "WARN retrying payment provider, attempt 2 of 5",
  "ERROR upstream answered 503, sent to the next replica",
];

/** Answers for the logs of pods, which a server without nodes does not have. */
export const playLogs: Interceptor = (next) => async (request) => {
  if (request.method !== "GET" || !/^\/api\/v1\/namespaces\/[^/]+\/pods\/[^/]+\/log$/.test(request.path))
    return next(request);
  const query = new URLSearchParams(request.query);
  const lines = query.has("sinceTime") ? 0 : Number(query.get("tailLines") ?? 200);
  return logOf(lines, query.get("follow") === "true", query.get("timestamps") === "true", request.signal);
};

function logOf(past: number, follow: boolean, timestamps: boolean, signal: AbortSignal | undefined): ApiResponse {
  const encoder = new TextEncoder();
  const line = (time: number): Uint8Array => {
    const stamp = timestamps ? `${new Date(time).toISOString()} ` : "";
    return encoder.encode(`${stamp}${said[Math.floor(Math.random() ** 1.6 * said.length)]}\n`);
  };
  const ended = new AbortController();
  const ends = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  async function* body(): AsyncGenerator<Uint8Array, undefined> {
    const now = Date.now();
    for (let left = Math.min(past, 400); left > 0; left--) yield line(now - left * 700);
    while (follow) {
      await setTimeout(between(80, 1200), undefined, { signal: ends });
      yield line(Date.now());
    }
    return undefined;
  }
  return {
    status: 200,
    headers: { get: (name) => (name === "content-type" ? "text/plain" : undefined) },
    body: body(),
    discard: () => ended.abort(),
  };
}
