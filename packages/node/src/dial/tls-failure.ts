import { ConnectionError } from "@kubewright/core";

/** What an error of Node or OpenSSL may carry. */
export interface TlsError extends Error {
  readonly code?: string;
  readonly cert?: { readonly subjectaltname?: string; readonly subject?: { readonly CN?: string } };
}

/**
 * The error of a server's certificate that is not trusted, as OpenSSL's verification (X509_verify_cert) or the check of its name
 * ended. `where` is the server, as messages call it.
 */
export function certificateRefused(error: TlsError, where: string): ConnectionError {
  return new ConnectionError(refusal(error, where), { sent: "no", permanent: true, cause: error });
}

function refusal(error: TlsError, where: string): string {
  const its = `the certificate of ${where}`;
  switch (error.code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `WrongHostName: ${its} is for ${namesIn(error)}; use one of these as the server, or set tlsServerName`;
    case "CERT_HAS_EXPIRED":
      return `CertificateExpired: ${its}, or of an authority above it, has expired (${clock()}); renew it, or correct the clock`;
    case "CERT_NOT_YET_VALID":
      return `CertificateNotYetValid: ${its}, or of an authority above it, is not valid yet (${clock()}); correct the clock here or where it was issued`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return `SelfSignedCertificate: ${where} shows a self-signed certificate that is not trusted; pass it as ca if it is the right one`;
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "CERT_UNTRUSTED":
      return `UnknownAuthority: ${its} is signed by an authority that is not trusted; pass the cluster's own as ca`;
    case "CERT_SIGNATURE_FAILURE":
      return `UnknownAuthority: ${its} names an authority of ca, but another one with the same name signed it; pass the right one as ca`;
    case "CERT_REVOKED":
      return `CertificateRevoked: ${its} was revoked; the server needs a new one`;
    case "INVALID_PURPOSE":
      return `WrongCertificate: ${its} is not one for servers, or what signed it is not an authority (CA:TRUE); the server needs another`;
    default:
      return `CertificateRefused: ${its} cannot be trusted: ${faultOf(error)}; the server needs another`;
  }
}

/** Where OpenSSL's words say little to who does not know the standard. */
const faults: Readonly<Record<string, string>> = {
  "permitted subtree violation":
    "an authority above it may not sign for this name (its name constraints do not permit it)",
  "excluded subtree violation": "an authority above it may not sign for this name (its name constraints exclude it)",
  "path length constraint exceeded": "there are more intermediate authorities than one of them allows (path length)",
  "key usage does not include certificate signing":
    "what signed it is not an authority (its key usage has no keyCertSign)",
  "CA signature digest algorithm too weak":
    "it, or an authority above it, is signed with an insecure algorithm such as SHA-1",
};

/** OpenSSL's words for the result of a verification are fixed texts, without anything of the certificate. */
function faultOf({ code, message }: TlsError): string {
  return faults[message] ?? (code === undefined || code === "UNSPECIFIED" ? message : `${message} (${code})`);
}

function namesIn(error: TlsError): string {
  const names = (error.cert?.subjectaltname ?? "")
    .split(", ")
    .filter((name) => name !== "")
    .map((name) => name.replace(/^(DNS|IP Address|URI|email):/, ""));
  if (names.length > 0) return names.length > 10 ? `${names.slice(0, 10).join(", ")}, …` : names.join(", ");
  const common = error.cert?.subject?.CN;
  return common === undefined ? "no name at all" : `"${common}" in its subject only, which no longer counts`;
}

function clock(): string {
  return `here it is ${new Date().toISOString()}`;
}

/**
 * The error of a TLS handshake that OpenSSL gave up; undefined for other errors, such as a reset. `where` is the server, as messages
 * call it.
 */
export function handshakeFailed(error: TlsError, where: string): ConnectionError | undefined {
  const { code = "" } = error;
  if (!code.startsWith("ERR_SSL_")) return undefined;
  const said = problems[code.slice("ERR_SSL_".length)]?.(where, code) ?? clientRefused(error, where);
  return new ConnectionError(said ?? brokenTls(error, where), {
    sent: "no",
    permanent: said !== undefined,
    cause: error,
  });
}

/**
 * What the server's last words say about this client; undefined when they say nothing. In TLS 1.3 a server refuses the client's
 * certificate when the client has long begun to send, but has then taken nothing.
 */
export function clientRefused({ code = "" }: TlsError, where: string): string | undefined {
  // ERR_SSL_TLSV1_ALERT_…, ERR_SSL_TLSV13_ALERT_…, ERR_SSL_SSLV3_ALERT_…, and since OpenSSL 3.2 ERR_SSL_SSL/TLS_ALERT_…
  const alert = /^ERR_SSL_.*_ALERT_(.+)$/.exec(code)?.[1];
  return alert === undefined ? undefined : alerts[alert]?.(where, code);
}

/** OpenSSL's messages carry a thread id and file names; the code says the same in one word. */
export function brokenTls({ code }: TlsError, where: string): string {
  return `TlsFailed: the TLS connection to ${where} failed (${code})`;
}

type Saying = (where: string, code: string) => string;

const notTls: Saying = (where) =>
  `NotTls: ${where} does not speak TLS; check the port, or whether the address begins with http://`;
const oldTls: Saying = (where) => `OldTls: ${where} offers no TLS 1.2 or newer; the server must be updated`;
const weak: Saying = (where, code) =>
  `WeakTls: ${where} uses keys or signatures that are too weak to be trusted (${code}); the server needs a new certificate`;
const noCipher: Saying = (where) =>
  `NoSharedCipher: ${where} takes none of the TLS cipher suites and groups that are offered; the server's settings must allow a current one`;

/** What OpenSSL found by itself. */
const problems: Readonly<Record<string, Saying>> = {
  WRONG_VERSION_NUMBER: notTls,
  PACKET_LENGTH_TOO_LONG: notTls,
  HTTP_REQUEST: notTls,
  UNSUPPORTED_PROTOCOL: oldTls,
  WRONG_SSL_VERSION: oldTls,
  VERSION_TOO_LOW: oldTls,
  NO_CIPHERS_AVAILABLE: noCipher,
  DH_KEY_TOO_SMALL: weak,
  EE_KEY_TOO_SMALL: weak,
  CA_KEY_TOO_SMALL: weak,
  CA_MD_TOO_WEAK: weak,
  WRONG_SIGNATURE_TYPE: weak,
};

const refuses =
  (what: string): Saying =>
  (where) =>
    `ClientCertificateRefused: ${where} ${what}`;

/** The alerts (RFC 8446, 6.2) by which a server turns a client away. The others say that something broke. */
const alerts: Readonly<Record<string, Saying>> = {
  CERTIFICATE_REQUIRED: refuses("asks for a client certificate; pass cert and key"),
  HANDSHAKE_FAILURE: refuses(
    "ended the TLS handshake; it may ask for a client certificate (cert and key), or take none of the cipher suites offered",
  ),
  BAD_CERTIFICATE: refuses("does not accept the client certificate, or asks for one; check cert and key"),
  UNSUPPORTED_CERTIFICATE: refuses("does not take a client certificate of this kind; check cert and key"),
  CERTIFICATE_REVOKED: refuses("says that the client certificate was revoked; a new one is needed"),
  CERTIFICATE_EXPIRED: refuses("says that the client certificate has expired; renew it, or correct the server's clock"),
  CERTIFICATE_UNKNOWN: refuses("does not accept the client certificate; check cert and key"),
  UNKNOWN_CA: refuses("does not know the authority that signed the client certificate; check cert and key"),
  ACCESS_DENIED: refuses("knows the client certificate but does not let it in; check whose it is"),
  DECRYPT_ERROR: refuses("could not check the client certificate's signature; check that key belongs to cert"),
  INSUFFICIENT_SECURITY: noCipher,
  PROTOCOL_VERSION: oldTls,
  UNRECOGNIZED_NAME: (where) =>
    `UnknownServerName: ${where} serves nothing under the name it was asked for; check the server's address, or set tlsServerName`,
  NO_APPLICATION_PROTOCOL: (where) =>
    `NotHttp: ${where} speaks neither HTTP/2 nor HTTP/1.1; check the port of the server's address`,
};
