import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { PeerCertificate } from "node:tls";

/**
 * Checks that a certificate is one for `name`, as Go's x509.VerifyHostname does: its common name never counts, and `*` stands for one
 * whole label. Node's own check takes a common name beside alternative names of another kind, and `a*` for a beginning.
 */
export function identityError(name: string, shown: PeerCertificate): Error | undefined {
  if (isFor(new X509Certificate(shown.raw), name)) return undefined;
  return Object.assign(new Error("the certificate is for other names"), {
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
    cert: shown,
  });
}

const serverUse = ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"];

/**
 * True for the certificate of the server `name` itself, at a time. Go asks no more of one that stands among the authorities; OpenSSL
 * also wants its key usage to allow signatures.
 */
export function isServer(certificate: X509Certificate, name: string, now: Date): boolean {
  const { keyUsage: uses, validFromDate, validToDate } = certificate;
  if (uses !== undefined && !uses.some((use) => serverUse.includes(use))) return false;
  return validFromDate <= now && now <= validToDate && isFor(certificate, name);
}

function isFor(certificate: X509Certificate, name: string): boolean {
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined;
  // To OpenSSL, a dot at the beginning stands for any host below.
  if (name.startsWith(".")) return false;
  const holds = (text: string): boolean =>
    certificate.checkHost(text, { subject: "never", partialWildcards: false }) !== undefined;
  // OpenSSL takes no wildcard right below the top, such as *.internal; as a literal it does.
  return holds(name) || (name.split(".").length === 2 && holds(name.replace(/^[^.]+/, "*")));
}
