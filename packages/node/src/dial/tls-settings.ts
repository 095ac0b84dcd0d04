import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
// As a whole: what an older Node lacks cannot be imported by name there, and its error would come before ours.
import * as tls from "node:tls";
import type { ConnectionOptions, SecureContext } from "node:tls";

import { InputError } from "@kubewright/core";

import { readAuthorities, trustSets } from "./authorities.ts";
import type { ServerAddress } from "./server-address.ts";
import { identityError, isServer } from "./server-identity.ts";

/** Certificates and keys, PEM. */
export interface TlsMaterial {
  /**
   * Certificates of the authorities to trust; they replace all others. Default: those of Node and of the operating system, as
   * kubectl trusts the system's.
   */
  readonly ca?: string | Uint8Array | undefined;
  /** The client's certificate, with its chain; goes with `key`. */
  readonly cert?: string | Uint8Array | undefined;
  /** The key of `cert`. */
  readonly key?: string | Uint8Array | undefined;
}

/** What a rotation brings: what is left out stays as it was, a certificate and key of null are dropped. */
export interface RenewedTls {
  /** The new authorities. */
  readonly ca?: TlsMaterial["ca"];
  /** The new certificate, with its chain; null for none from now on. */
  readonly cert?: TlsMaterial["cert"] | null;
  /** The key of the new certificate; null for none from now on. */
  readonly key?: TlsMaterial["key"] | null;
}

/** How the server is verified and what is shown to it. */
export interface TlsSettings extends TlsMaterial {
  /** Name to ask for and to look for in the server's certificate, where it differs from the address. */
  readonly tlsServerName?: string | undefined;
  /** Accepts any certificate: anyone on the way can read and change everything. Default false. */
  readonly insecureSkipTlsVerify?: boolean | undefined;
}

/** One way to shake hands. */
export interface TlsAttempt {
  /** What `tls.connect` needs beside a socket. */
  readonly options: ConnectionOptions;
  /** Given where OpenSSL's refusal of what the server shows is not the last word: whether it is accepted all the same. */
  readonly accepts?: ((shown: X509Certificate) => boolean) | undefined;
}

/** The ways to try, one after the other while the server is not trusted. */
export type TlsAttempts = () => Iterable<TlsAttempt>;

/**
 * Checks the settings at once, so that a bad file is an error of the configuration and not of the first request.
 * Throws an InputError that names the field; key material never enters it.
 */
export function tlsAttempts(settings: TlsSettings, address: ServerAddress): TlsAttempts {
  const { cert, key, tlsServerName, insecureSkipTlsVerify = false } = settings;
  if (insecureSkipTlsVerify && settings.ca !== undefined) {
    // client-go: "specifying a root certificates file with the insecure flag is not allowed"
    throw new InputError("insecureSkipTlsVerify", "it cannot be combined with ca; leave one of them out");
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw new InputError(
      cert === undefined ? "cert" : "key",
      "it is missing: a client certificate needs both cert and key",
    );
  }
  const authorities = settings.ca === undefined ? undefined : readAuthorities(pem(settings.ca));
  // Such as with a key that does not belong to its certificate.
  if (cert !== undefined) secureContext(none, cert, key);

  const trusted = authorities && trustSets(authorities);
  const contexts = new WeakMap<readonly string[], SecureContext>();
  const contextOf = (set: readonly string[]): SecureContext => {
    const context = contexts.get(set) ?? secureContext(set, cert, key);
    contexts.set(set, context);
    return context;
  };

  const name = (tlsServerName ?? address.host).replace(/\.$/, "");
  const optionsOf = (set: readonly string[]): ConnectionOptions => ({
    secureContext: contextOf(set),
    // Explicit, or NODE_TLS_REJECT_UNAUTHORIZED=0 would switch verification off.
    rejectUnauthorized: !insecureSkipTlsVerify,
    // RFC 6066: the name a client asks for is never an address.
    servername: isIP(name) === 0 ? name : "",
    checkServerIdentity: (_host, shown) => identityError(name, shown),
  });
  return function* () {
    const now = new Date();
    for (const set of trusted?.(now) ?? [insecureSkipTlsVerify ? none : systemCertificates()])
      yield { options: optionsOf(set) };
    const own = authorities?.filter((authority) => isServer(authority, name, now)) ?? [];
    if (own.length === 0) return;
    const accepts = ({ raw }: X509Certificate): boolean => own.some((one) => one.raw.equals(raw));
    yield { options: { ...optionsOf(none), rejectUnauthorized: false }, accepts };
  };
}

const none: readonly string[] = [];

function secureContext(ca: readonly string[], cert: TlsMaterial["cert"], key: TlsMaterial["key"]): SecureContext {
  try {
    return tls.createSecureContext({
      // Explicit, or --tls-min-v1.0 could weaken it.
      minVersion: "TLSv1.2",
      // As in Go, what stands among the authorities is trusted, also when another one signed it.
      allowPartialTrustChain: true,
      ca: [...ca],
      ...(cert === undefined ? {} : { cert: pem(cert) }),
      ...(key === undefined ? {} : { key: pem(key) }),
    });
  } catch (error) {
    throw badPair(error, key);
  }
}

/** OpenSSL's codes say which of the two is bad, but not reliably that a key is encrypted; they never quote them. */
function badPair(error: unknown, key: TlsMaterial["key"]): InputError {
  const code = (error as { code?: string }).code ?? "";
  if (code.includes("KEY_VALUES_MISMATCH"))
    return new InputError("key", "it does not belong to cert", { cause: error });
  if (key !== undefined && /BEGIN ENCRYPTED|,ENCRYPTED/.test(pem(key))) {
    return new InputError("key", "it is encrypted; decrypt it first (openssl pkey)", { cause: error });
  }
  return new InputError("cert", "it or key is not readable PEM; both must be whole, with their BEGIN and END lines", {
    cause: error,
  });
}

let system: readonly string[] | undefined;

function systemCertificates(): readonly string[] {
  return (system ??= [...new Set([...tls.getCACertificates("default"), ...tls.getCACertificates("system")])]);
}

function pem(text: string | Uint8Array): string {
  return typeof text === "string" ? text : new TextDecoder().decode(text);
}
