import { type ApiRequest, ConnectionError, InputError, isKubeError, type Interceptor } from "@kubewright/core";
import type { RenewedTls } from "../dial/tls-settings.ts";
import { renewing, type Renewable } from "./renewing.ts";
import { sameIdentity, type TlsIdentity } from "./tls-files.ts";

/** The part of a transport that can change its certificates while requests are under way. */
export interface RetiringTransport {
  /** New connections use these; those that exist take no new requests. Throws an InputError for bad ones and changes nothing. */
  retire(renewed: RenewedTls): void;
}

/**
 * Puts renewed certificates to a transport that was made with `first`. Each is put to use once, when it is first seen, so that a
 * request that began with an older one cannot bring it back. A certificate and a key that do not belong together are what a
 * rotation looks like half way: the old ones stay in use, and `onWarning` is told.
 */
export function tlsSwitch(
  transport: RetiringTransport,
  first: TlsIdentity,
  onWarning: (warning: string) => void,
): (identity: TlsIdentity) => void {
  const seen = new WeakSet<TlsIdentity>([first]);
  let last = first;
  return (identity) => {
    if (seen.has(identity)) return;
    seen.add(identity);
    const next = { ca: last.ca, cert: last.cert, key: last.key, ...pick(identity) };
    if (sameIdentity(last, next)) return;
    try {
      transport.retire({ ca: next.ca, cert: next.cert ?? null, key: next.key?.reveal() ?? null });
      last = next;
    } catch (error) {
      if (!isKubeError(error) || error.name !== InputError.name) throw error;
      onWarning(`The renewed certificates cannot be used, the old ones stay: ${error.message}`);
    }
  };
}

/** What the identity speaks of; a plugin's credential holds a token too. */
function pick(identity: TlsIdentity): TlsIdentity {
  return {
    ...("ca" in identity ? { ca: identity.ca } : {}),
    ...("cert" in identity ? { cert: identity.cert, key: identity.key } : {}),
  };
}

/**
 * Keeps a transport's certificates as the source says. After a 401, and when a connection fails before the request was sent, the
 * files are read at once; if they changed, the request is sent again.
 */
export function rotateTls(source: Renewable<TlsIdentity>, switchTo: (identity: TlsIdentity) => void): Interceptor {
  return (next) => {
    const prepare = (request: ApiRequest, identity: TlsIdentity): ApiRequest => {
      switchTo(identity);
      return request;
    };
    const send = renewing(source, prepare, "certificates")(next);
    return async (request) => {
      const before = await source.current(request.signal);
      try {
        return await send(request);
      } catch (error) {
        if (!isKubeError(error) || error.name !== ConnectionError.name || (error as ConnectionError).sent !== "no")
          throw error;
        const renewed = await source.renew(before, request.signal);
        if (renewed === undefined || !request.resends.allow("certificates")) throw error;
        switchTo(renewed);
        return next(request);
      }
    };
  };
}
