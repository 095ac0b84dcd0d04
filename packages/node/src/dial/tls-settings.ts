import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { checkServerIdentity, createSecureContext, getCACertificates } from "node:tls";
import type { ConnectionOptions, PeerCertificate, SecureContext } from "node:tls";

import { InputError } from "@kubewright/core";

import type { ServerAddress } from "./server-address.ts";

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
  readonly ca?: TlsMaterial["ca"];
  readonly cert?: TlsMaterial["cert"] | null;
  readonly key?: TlsMaterial["key"] | null;
}

/** How the server is verified and what is shown to it. */
export interface TlsSettings extends TlsMaterial {
  /** Name to ask for and to look for in the server's certificate, where it differs from the address. */
  readonly tlsServerName?: string | undefined;
  /** Accepts any certificate: whoever is on the way can read and change everything. Default false. */
  readonly insecureSkipTlsVerify?: boolean | undefined;
}

/** What `tls.connect` needs beside a socket. Made when first asked for: reading the system's certificates takes time. */
export type TlsConnectOptions = () => ConnectionOptions;

/**
 * Checks the settings at once, so that a bad file is an error of the configuration and not of the first request.
 * Throws an InputError that names the field; key material never enters it.
 */
export function tlsConnectOptions(settings: TlsSettings, address: ServerAddress): TlsConnectOptions {
  const { cert, key, tlsServerName, insecureSkipTlsVerify = false } = settings;
  if (insecureSkipTlsVerify && settings.ca !== undefined) {
    // client-go: "specifying a root certificates file with the insecure flag is not allowed"
    throw new InputError("insecureSkipTlsVerify", "cannot be combined with ca; leave one of them out");
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw new InputError(
      cert === undefined ? "cert" : "key",
      "is missing: a client certificate needs both cert and key",
    );
  }
  const ca = settings.ca === undefined ? undefined : certificatesOf(settings.ca);
  let context: SecureContext | undefined =
    ca === undefined && !insecureSkipTlsVerify ? undefined : secureContext(ca, cert, key);
  if (context === undefined && cert !== undefined) secureContext([], cert, key);

  const name = (tlsServerName ?? address.host).replace(/\.$/, "");
  return () => ({
    secureContext: (context ??= secureContext(systemCertificates(), cert, key)),
    // Explicit, or NODE_TLS_REJECT_UNAUTHORIZED=0 would switch verification off.
    rejectUnauthorized: !insecureSkipTlsVerify,
    // RFC 6066: the name a client asks for is never an address.
    servername: isIP(name) === 0 ? name : "",
    checkServerIdentity: (_host, certificate) => identityError(name, certificate),
  });
}

/** Without names Node would fall back on the subject's common name, which Go refuses since 1.15, and kubectl with it. */
function identityError(name: string, certificate: PeerCertificate): Error | undefined {
  if (certificate.subjectaltname !== undefined) return checkServerIdentity(name, certificate);
  return Object.assign(new Error("the certificate holds no names"), {
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
    cert: certificate,
  });
}

function secureContext(
  ca: readonly string[] | undefined,
  cert: TlsMaterial["cert"],
  key: TlsMaterial["key"],
): SecureContext {
  try {
    return createSecureContext({
      // Explicit, or --tls-min-v1.0 could weaken it.
      minVersion: "TLSv1.2",
      ...(ca === undefined ? {} : { ca: [...ca] }),
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
  if (code.includes("KEY_VALUES_MISMATCH")) return new InputError("key", "does not belong to cert", { cause: error });
  if (key !== undefined && /BEGIN ENCRYPTED|,ENCRYPTED/.test(pem(key))) {
    return new InputError("key", "is encrypted; decrypt it first (openssl pkey)", { cause: error });
  }
  return new InputError("cert", "or key is not readable PEM; both must be whole, with their BEGIN and END lines", {
    cause: error,
  });
}

/** One text per certificate: OpenSSL stops in silence at the first block of a bundle that it cannot read, Go skips it. */
function certificatesOf(ca: string | Uint8Array): readonly string[] {
  const blocks = pem(ca).match(/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END \1?CERTIFICATE-----/g) ?? [];
  const readable = blocks.filter(isCertificate);
  if (readable.length === 0) {
    throw new InputError(
      "ca",
      "holds no readable certificate; it must be PEM, with BEGIN CERTIFICATE and END CERTIFICATE lines",
    );
  }
  return readable;
}

function isCertificate(block: string): boolean {
  try {
    new X509Certificate(block);
    return true;
  } catch {
    return false;
  }
}

let system: readonly string[] | undefined;

function systemCertificates(): readonly string[] {
  return (system ??= [...new Set([...getCACertificates("default"), ...getCACertificates("system")])]);
}

function pem(text: string | Uint8Array): string {
  return typeof text === "string" ? text : new TextDecoder().decode(text);
}
