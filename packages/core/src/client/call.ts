import { ConnectionError } from "../errors/transport-errors.ts";
import type { Codecs } from "../codec/codecs.ts";
import type { Negotiation } from "../codec/negotiation.ts";
import type { Proposal } from "../codec/proposal.ts";
import { inNamespace, isLate } from "../request/path.ts";
import { bearerHeader } from "../request/bearer-header.ts";
import { impersonationHeaders } from "../request/impersonation.ts";
import type { ConnectionNamespace } from "./connection-namespace.ts";
import type { SourceConnection } from "./source.ts";
import type { RequestParts } from "../transport/request-parts.ts";
import { createResends, lossPauseMs, type ResendBudget, type Resends } from "../transport/resends.ts";
import type { ApiRequest, ApiResponse, Send } from "../transport/transport.ts";
import type { CallOptions } from "../types/options.ts";
import { startDeadline, type Deadline } from "../time/deadline.ts";
import { pause } from "../time/pause.ts";
import { unlessAborted } from "../time/unless-aborted.ts";
import { createTrial, forCaller } from "./trial.ts";

/** What every call of a cluster shares. */
export interface CallContext extends SourceConnection {
  /** The transport with all interceptors around it. A status of 300 or more is thrown. */
  readonly send: Send;
  /** The same, but a refusal is an answer like any other. */
  readonly ask: Send;
  /** How answers are read. */
  readonly codecs: Codecs;
  /** In what they are asked for, and objects written. */
  readonly negotiation: Negotiation;
  /** The connection's namespace. */
  readonly namespace: ConnectionNamespace;
  /** What sending again draws on. */
  readonly resendBudget: ResendBudget;
  /** Default bound of a call, in milliseconds. */
  readonly timeoutMs: number;
  /** Who owns written fields unless a call says otherwise. */
  readonly fieldManager: string | undefined;
}

/** The request of a call, which is made as whom the call says. */
export function requestOf(
  parts: RequestParts,
  { impersonate, token }: CallOptions,
  { signal, endsAt }: Deadline,
  resends: Resends,
  streaming = false,
): ApiRequest {
  const headers =
    impersonate === undefined && token === undefined
      ? parts.headers
      : {
          ...parts.headers,
          ...(impersonate === undefined ? undefined : impersonationHeaders(impersonate)),
          ...(token === undefined ? undefined : { authorization: [bearerHeader(token)] }),
        };
  return { ...parts, headers, signal, endsAt, streaming, resends };
}

/** The request with the connection's namespace, which is read now if it was not known when the client was made. */
export async function placed(context: CallContext, parts: RequestParts, { signal }: Deadline): Promise<RequestParts> {
  if (!isLate(parts.path)) return parts;
  return { ...parts, path: inNamespace(parts.path, await unlessAborted(context.namespace.read(), signal)) };
}

/** Sends one request and reads its answer, all within the call's deadline. `proposal`: how the request is tried before it is sent as given. */
export async function call<T>(
  context: CallContext,
  given: RequestParts,
  options: CallOptions,
  read: (response: ApiResponse, request: ApiRequest) => Promise<T>,
  proposal?: Proposal,
): Promise<T> {
  const deadline = startDeadline(context, options, given);
  const resends = createResends(given, context.resendBudget);
  try {
    const parts = isLate(given.path) ? await placed(context, given, deadline) : given;
    const trial = createTrial(parts, proposal, resends);
    for (;;) {
      const next = trial.request();
      const sent = next instanceof Promise ? await unlessAborted(next, deadline.signal) : next;
      const request = requestOf(sent, options, deadline, resends);
      let response: ApiResponse | undefined;
      try {
        response = await context.send(request);
        return await read(response, request);
      } catch (error) {
        if (trial.withdrawAfter(error)) continue;
        // What broke off within the body is read anew; nothing of it was handed on.
        if (response === undefined || !(error instanceof ConnectionError) || error.permanent)
          throw forCaller(error, request);
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
 * Sends one request whose body is read as it comes: the deadline ends when it can be read, the signal goes on. `signal` is the
 * stream's own, which already follows the caller's.
 */
export async function* streamCall<T>(
  context: CallContext,
  given: RequestParts,
  options: CallOptions & { readonly signal: AbortSignal },
  read: (response: ApiResponse, request: ApiRequest) => AsyncIterable<T> | Promise<AsyncIterable<T>>,
  proposal?: Proposal,
): AsyncGenerator<T, undefined> {
  let deadline = startDeadline(context, options, given);
  try {
    const parts = isLate(given.path) ? await placed(context, given, deadline) : given;
    const resends = createResends(parts, context.resendBudget);
    const trial = createTrial(parts, proposal, resends);
    for (;;) {
      const next = trial.request();
      const sent = next instanceof Promise ? await unlessAborted(next, deadline.signal) : next;
      const request = requestOf(sent, options, deadline, resends, true);
      let flowing = false;
      try {
        const values = await read(await context.send(request), request);
        deadline.stopClock();
        flowing = true;
        yield* values;
        return;
      } catch (error) {
        if (!trial.withdrawAfter(error)) throw forCaller(error, request);
        if (!flowing) continue;
        deadline.end();
        deadline = startDeadline(context, options, given);
      }
    }
  } finally {
    deadline.end();
  }
}
