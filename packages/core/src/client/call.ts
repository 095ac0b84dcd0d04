import type { RequestInfo } from "../errors/kube-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { Codecs } from "../codec/codecs.ts";
import { inNamespace, isLate } from "../request/path.ts";
import { bearerHeader } from "../request/bearer-header.ts";
import { impersonationHeaders } from "../request/impersonation.ts";
import type { ConnectionNamespace } from "./connection-namespace.ts";
import type { SourceConnection } from "./source.ts";
import { createResends, lossPauseMs, type ResendBudget, type Resends } from "../transport/resends.ts";
import type { ApiRequest, ApiResponse, Send } from "../transport/transport.ts";
import type { CallOptions } from "../types/options.ts";
import { startDeadline, type Deadline } from "../time/deadline.ts";
import { pause } from "../time/pause.ts";
import { unlessAborted } from "../time/unless-aborted.ts";

/** What every call of a cluster shares. */
export interface CallContext extends SourceConnection {
  /** The transport with all interceptors around it. A status of 300 or more is thrown. */
  readonly send: Send;
  /** The same, but a refusal is an answer like any other. */
  readonly ask: Send;
  /** How objects are written and read. */
  readonly codecs: Codecs;
  /** The connection's namespace. */
  readonly namespace: ConnectionNamespace;
  /** What sending again draws on. */
  readonly resendBudget: ResendBudget;
  /** Default bound of a call, in milliseconds. */
  readonly timeoutMs: number;
  /** Who owns written fields unless a call says otherwise. */
  readonly fieldManager: string | undefined;
}

/** A request without what the call adds. */
export type RequestParts = Omit<ApiRequest, "signal" | "endsAt" | "streaming" | "resends">;

/** Sends a request as whom the call says. */
export async function send(
  context: CallContext,
  parts: RequestParts,
  { impersonate, token }: CallOptions,
  { signal, endsAt }: Deadline,
  resends: Resends,
  streaming = false,
): Promise<ApiResponse> {
  const headers =
    impersonate === undefined && token === undefined
      ? parts.headers
      : {
          ...parts.headers,
          ...(impersonate === undefined ? undefined : impersonationHeaders(impersonate)),
          ...(token === undefined ? undefined : { authorization: [bearerHeader(token)] }),
        };
  return context.send({ ...parts, headers, signal, endsAt, streaming, resends });
}

/** The request with the connection's namespace, which is read now if it was not known when the client was made. */
async function placed(context: CallContext, parts: RequestParts, { signal }: Deadline): Promise<RequestParts> {
  return { ...parts, path: inNamespace(parts.path, await unlessAborted(context.namespace.read(), signal)) };
}

/** Sends one request and reads its answer, all within the call's deadline. */
export async function call<T>(
  context: CallContext,
  given: RequestParts,
  options: CallOptions,
  read: (response: ApiResponse, request: RequestInfo) => Promise<T>,
): Promise<T> {
  const deadline = startDeadline(context, options, given);
  const resends = createResends(given, context.resendBudget);
  try {
    const parts = isLate(given.path) ? await placed(context, given, deadline) : given;
    for (;;) {
      const response = await send(context, parts, options, deadline, resends);
      try {
        return await read(response, parts);
      } catch (error) {
        // What broke off within the body is read anew; nothing of it was handed on.
        if (!(error instanceof ConnectionError) || error.permanent) throw error;
        const waitMs = lossPauseMs(context.clock);
        if (context.clock.now() + waitMs > deadline.endsAt || !resends.allow("truncated")) throw error;
        await pause(context.clock, waitMs, deadline.signal);
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
  given: RequestParts,
  options: CallOptions & { readonly signal: AbortSignal },
  read: (response: ApiResponse, request: RequestInfo) => AsyncIterable<T>,
): AsyncGenerator<T, undefined> {
  const deadline = startDeadline(context, options, given);
  try {
    const parts = isLate(given.path) ? await placed(context, given, deadline) : given;
    const resends = createResends(parts, context.resendBudget);
    const response = await send(context, parts, options, deadline, resends, true);
    deadline.stopClock();
    yield* read(response, parts);
  } finally {
    deadline.end();
  }
}
