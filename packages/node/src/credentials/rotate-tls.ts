import { ConnectionError, InputError, isKubeError, type Interceptor } from "@kubewright/core";
import { renewing, type Renewable } from "./renewing.ts";
import { sameIdentity, type TlsIdentity } from "./tls-files.ts";

/** The part of a transport that can change its certificates while requests are under way. */
export interface RetiringTransport {
  /** New connections use these; those that exist take no new requests. Throws an InputError for bad ones and changes nothing. */
  retire(renewed: { ca?: string | undefined; cert?: string | undefined; key?: string | undefined }): void;
}

/**
 * Puts renewed certificates to a transport. A certificate and a key that do not belong together are what a rotation looks like
 * half way: the old ones stay in use, and `onWarning` is told.
 */
export function tlsSwitch(
  transport: RetiringTransport,
  first: TlsIdentity,
  onWarning: (warning: string) => void,
): (identity: TlsIdentity) => void {
  let last = first;
  return (identity) => {
    if (identity === last || sameIdentity(last, identity)) return;
    last = identity;
    try {
      transport.retire({ ca: identity.ca, cert: identity.cert, key: identity.key?.reveal() });
    } catch (error) {
      if (!isKubeError(error) || error.name !== InputError.name) throw error;
      onWarning(`The renewed certificates cannot be used, the old ones stay: ${error.message}`);
    }
  };
}

/**
 * Keeps a transport's certificates as the source says. After a 401, and when a connection fails before the request was sent, the
 * files are read at once; if they changed, the request is sent again.
 */
export function rotateTls(source: Renewable<TlsIdentity>, switchTo: (identity: TlsIdentity) => void): Interceptor {
  return (next) => {
    const send = renewing(source, (request, identity: TlsIdentity) => {
      switchTo(identity);
      return request;
    })(next);
    return async (request) => {
      const before = await source.current(request.signal);
      try {
        return await send(request);
      } catch (error) {
        if (!isKubeError(error) || error.name !== ConnectionError.name || (error as ConnectionError).sent !== "no")
          throw error;
        const renewed = await source.renew(before, request.signal);
        if (renewed === undefined) throw error;
        switchTo(renewed);
        return next(request);
      }
    };
  };
}
