import { responseError } from "../codec/response.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { impersonationHeaders } from "../request/impersonation.ts";
import type { ApiRequest, ApiResponse, Send } from "../transport/transport.ts";
import type { CallOptions } from "../types/options.ts";
import { startDeadline } from "./deadline.ts";

/** What every call of a cluster shares. */
export interface CallContext {
  /** The transport with all interceptors around it. */
  readonly send: Send;
  /** The connection's namespace. */
  readonly namespace: string;
  /** Default bound of a call, in milliseconds. */
  readonly timeoutMs: number;
  /** Who owns written fields unless a call says otherwise. */
  readonly fieldManager: string | undefined;
}

/** A request without what the call adds. */
export type RequestParts = Omit<ApiRequest, "signal" | "streaming">;

/** The request as whom the call says. */
export function withCaller(parts: RequestParts, { impersonate }: CallOptions): RequestParts {
  if (impersonate === undefined) return parts;
  return { ...parts, headers: { ...parts.headers, ...impersonationHeaders(impersonate) } };
}

// A read whose body broke off is simply read again; before the body, the retry interceptor decides.
const rereads = 2;

/** Sends one request and reads its answer, all within the call's deadline. A status of 300 or more is thrown. */
export async function call<T>(
  context: CallContext,
  parts: RequestParts,
  options: CallOptions,
  read: (response: ApiResponse, request: RequestInfo) => Promise<T>,
): Promise<T> {
  const deadline = startDeadline(options, context.timeoutMs, parts);
  const request: ApiRequest = { ...withCaller(parts, options), signal: deadline.signal, streaming: false };
  try {
    for (let attempt = 0; ; attempt++) {
      const response = await context.send(request);
      if (response.status >= 300) throw await responseError(response, parts);
      try {
        return await read(response, parts);
      } catch (error) {
        if (!(error instanceof ConnectionError) || parts.method !== "GET" || attempt >= rereads) throw error;
      }
    }
  } finally {
    deadline.end();
  }
}

/**
 * Sends one request whose body is read as it comes: the deadline ends with the headers, the signal goes on. `signal` is the
 * stream's own, which already follows the caller's.
 */
export async function* streamCall<T>(
  context: CallContext,
  parts: RequestParts,
  options: CallOptions & { readonly signal: AbortSignal },
  read: (response: ApiResponse, request: RequestInfo) => AsyncIterable<T>,
): AsyncGenerator<T, undefined> {
  const deadline = startDeadline(options, context.timeoutMs, parts);
  try {
    const response = await context.send({ ...withCaller(parts, options), signal: deadline.signal, streaming: true });
    if (response.status >= 300) throw await responseError(response, parts);
    deadline.stopClock();
    yield* read(response, parts);
  } finally {
    deadline.end();
  }
}
