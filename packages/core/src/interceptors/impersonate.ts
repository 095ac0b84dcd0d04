import { impersonationHeaders } from "../request/impersonation.ts";
import type { Impersonation } from "../types/options.ts";
import type { Interceptor } from "./interceptor.ts";

/**
 * Every request acts as `impersonation` says, unless the call itself says otherwise, also by a credential of its own: then only the
 * call's counts.
 */
export function impersonate(impersonation: Impersonation): Interceptor {
  const headers = impersonationHeaders(impersonation);
  return (next) => (request) =>
    next(
      request.ownCredential === true || "impersonate-user" in request.headers
        ? request
        : { ...request, headers: { ...request.headers, ...headers } },
    );
}
