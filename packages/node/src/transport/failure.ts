import { ConnectionError } from "@kubewright/core";
import type { RequestInfo } from "@kubewright/core";

import type { ServerAddress } from "../dial/server-address.ts";

/** What the platform's errors may carry. */
interface PlatformError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly cert?: { readonly subjectaltname?: string; readonly subject?: { readonly CN?: string } };
  readonly errors?: readonly PlatformError[];
  rawPacket?: unknown;
}

/**
 * In TLS 1.3 a server refuses the client's certificate when the client has long begun to send, but has then taken nothing. Any
 * other alert may come at any time, also after a request was processed.
 */
const refusesClient =
  /^ERR_SSL_.*_ALERT_(CERTIFICATE_|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)/;

/** A ConnectionError that says what is wrong and how to mend it, made of an error of Node or OpenSSL. */
export function connectionError(
  error: unknown,
  address: ServerAddress,
  options: { readonly sent: "no" | "maybe"; readonly request: RequestInfo },
): ConnectionError {
  if (error instanceof ConnectionError) {
    // One broken connection fails many requests; each gets an error of its own, with its own verb and path.
    return new ConnectionError(error.message, { ...options, permanent: error.permanent, cause: error.cause ?? error });
  }
  const platform = innermost(error);
  // The bytes that Node's HTTP parser could not read: part of a body, perhaps.
  delete platform.rawPacket;
  const sent = refusesClient.test(platform.code ?? "") ? "no" : options.sent;
  return new ConnectionError(describe(platform, address), { ...options, sent, cause: error });
}

/** Where several addresses were tried, Node wraps their errors; the first one speaks for all. */
function innermost(error: unknown): PlatformError {
  const outer = error as PlatformError;
  return outer.errors?.[0] ?? outer;
}

function describe(error: PlatformError, address: ServerAddress): string {
  const where = address.hostPort;
  const code = error.code ?? "";
  switch (code) {
    case "ECONNREFUSED":
      return `ConnectionRefused: nothing accepts connections at ${where}; check the server's address and that it runs`;
    case "ENOTFOUND":
      return `UnknownHost: no address is known for the name of ${where}; check the server's address and the DNS`;
    case "EAI_AGAIN":
      return `UnknownHost: the name of ${where} cannot be looked up at the moment; check the network and the DNS`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return `Unreachable: there is no route to ${where}; check the network or the VPN`;
    case "ETIMEDOUT":
      return `Unreachable: ${where} does not answer; check the network, the firewall and the VPN`;
    case "ECONNRESET":
    case "EPIPE":
    case "ECONNABORTED":
      return `ConnectionLost: the connection to ${where} was reset`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `WrongHostName: the certificate of ${where} is for ${namesIn(error)}; use one of these as the server, or set tlsServerName`;
    case "CERT_HAS_EXPIRED":
      return `CertificateExpired: the certificate of ${where} has expired (${clock()}); renew it, or correct the clock`;
    case "CERT_NOT_YET_VALID":
      return `CertificateNotYetValid: the certificate of ${where} is not valid yet (${clock()}); correct the clock here or where it was issued`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return `SelfSignedCertificate: ${where} shows a self-signed certificate that is not trusted; pass it as ca if it is the right one`;
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "CERT_UNTRUSTED":
    case "CERT_SIGNATURE_FAILURE":
      return `UnknownAuthority: the certificate of ${where} is signed by an authority that is not trusted; pass the cluster's own as ca`;
    case "CERT_REVOKED":
      return `CertificateRevoked: the certificate of ${where} was revoked; the server needs a new one`;
    case "INVALID_PURPOSE":
      return `WrongCertificate: the certificate of ${where} is not one for servers; the server needs another`;
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
    case "ERR_SSL_HTTP_REQUEST":
      return `NotTls: ${where} does not speak TLS; check the port, or whether the address begins with http://`;
    case "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED":
    case "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE":
      return `ClientCertificateRefused: ${where} ended the TLS handshake; it may ask for a client certificate (cert and key)`;
    case "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE":
    case "ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN":
    case "ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED":
    case "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA":
      return `ClientCertificateRefused: ${where} does not accept the client certificate; check cert and key`;
    case "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION":
    case "ERR_SSL_UNSUPPORTED_PROTOCOL":
      return `OldTls: ${where} offers no TLS 1.2 or newer; the server must be updated`;
    default:
      // OpenSSL's messages carry a thread id and file names; the code says the same in one word.
      if (code.startsWith("ERR_SSL")) return `TlsFailed: the TLS connection to ${where} failed (${code})`;
      return `ConnectionLost: the connection to ${where} broke (${code === "" ? error.message : code})`;
  }
}

function namesIn(error: PlatformError): string {
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
