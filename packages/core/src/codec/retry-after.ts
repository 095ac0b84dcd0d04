import type { Clock } from "../time/clock.ts";
import type { ResponseHeaders } from "../types/http.ts";

/** The seconds of a Retry-After header, which says seconds or an HTTP date (RFC 9110, section 10.2.3); undefined without one. */
export function retryAfter(headers: ResponseHeaders, clock: Clock): number | undefined {
  const value = headers.get("retry-after");
  if (value === undefined) return undefined;
  if (/^[0-9]+$/.test(value)) return Number(value);
  // Date.parse reads dates into nearly anything, "-1" too.
  const date = value.endsWith(" GMT") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - clock.wallNow()) / 1000));
}
