import type { ApiRequest, Interceptor, ResendReason } from "@kubewright/core";
import type { Source } from "./rotating.ts";
import type { Secret } from "../settings/secret.ts";

/** A source whose renewals can be told to rest, as {@link Rotating}. */
export type Renewable<T> = Source<T> & { rest?(): void };

/**
 * Puts a credential to each request. After a 401 it is renewed once and the request sent again, unless its body is a stream that was
 * begun. Without another credential the 401 stands. `prepare` puts the credential to use; `reason` is why the request is sent again.
 */
export function renewing<T>(
  source: Renewable<T>,
  prepare: (request: ApiRequest, credential: T) => ApiRequest,
  reason: ResendReason,
): Interceptor {
  return (next) => async (request) => {
    const credential = await source.current(request.signal);
    const response = await next(prepare(request, credential));
    // Nothing that is renewed here would change what the request's own credential is worth.
    if (response.status !== 401 || request.ownCredential === true) return response;
    let renewed: T | undefined;
    try {
      renewed = await source.renew(credential, request.signal);
    } catch (error) {
      // Nobody will read the response; its connection must not stay taken.
      response.discard();
      throw error;
    }
    if (renewed === undefined || !request.resends.allow(reason)) return response;
    response.discard();
    const second = await next(prepare(request, renewed));
    if (second.status === 401) source.rest?.();
    return second;
  };
}

/** Adds the Authorization header that `headerOf` makes of the credential; a request with its own keeps that, as in client-go. */
export function authorize<T>(source: Renewable<T>, headerOf: (credential: T) => Secret | undefined): Interceptor {
  const prepare = (request: ApiRequest, credential: T): ApiRequest => {
    const header = headerOf(credential);
    return header === undefined
      ? request
      : { ...request, headers: { ...request.headers, authorization: [header.reveal()] } };
  };
  const interceptor = renewing(source, prepare, "unauthorized");
  return (next) => {
    const authorized = interceptor(next);
    return (request) => (request.ownCredential === true ? next(request) : authorized(request));
  };
}
