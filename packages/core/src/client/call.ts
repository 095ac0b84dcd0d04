import type { RequestInfo } from "../errors/kube-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { Codecs } from "../codec/codecs.ts";
import { impersonationHeaders } from "../request/impersonation.ts";
import type { ApiRequest, ApiResponse, Send } from "../transport/transport.ts";
import type { CallOptions } from "../types/options.ts";
import { startDeadline, type Deadline } from "../time/deadline.ts";

/** What every call of a cluster shares. */
export interface CallContext {
  /** The transport with all interceptors around it. A status of 300 or more is thrown. */
  readonly send: Send;
  /** How objects are written and read. */
  readonly codecs: Codecs;
  /** The connection's namespace. */
  readonly namespace: string;
  /** Default bound of a call, in milliseconds. */
  readonly timeoutMs: number;
  /** Who owns written fields unless a call says otherwise. */
  readonly fieldManager: string | undefined;
}

/** A request without what the call adds. */
export type RequestParts = Omit<ApiRequest, "signal" | "endsAt" | "streaming">;

/** Sends a request as whom the call says. */
export async function send(
  context: CallContext,
  parts: RequestParts,
  { impersonate }: CallOptions,
  { signal, endsAt }: Deadline,
  streaming = false,
): Promise<ApiResponse> {
  const headers =
    impersonate === undefined ? parts.headers : { ...parts.headers, ...impersonationHeaders(impersonate) };
  return context.send({ ...parts, headers, signal, endsAt, streaming });
}

// A read whose body broke off is simply read again; before the body, the retry interceptor decides.
const rereads = 2;

/** Sends one request and reads its answer, all within the call's deadline. */
export async function call<T>(
  context: CallContext,
  parts: RequestParts,
  options: CallOptions,
  read: (response: ApiResponse, request: RequestInfo) => Promise<T>,
): Promise<T> {
  const deadline = startDeadline(options, context.timeoutMs, parts);
  try {
    for (let attempt = 0; ; attempt++) {
      const response = await send(context, parts, options, deadline);
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
    const response = await send(context, parts, options, deadline, true);
    deadline.stopClock();
    yield* read(response, parts);
  } finally {
    deadline.end();
  }
}
