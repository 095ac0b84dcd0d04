import { ConnectionError, LimitError } from "@kubewright/core";
import type { RequestInfo } from "@kubewright/core";

import type { ServerAddress } from "../dial/server-address.ts";
import { connectionError } from "./failure.ts";

/** Go's, for status line and headers together (net/http, Transport.MaxResponseHeaderBytes); Node's own is 16 KiB. */
export const mostHeaderBytes: number = 10 * 1024 * 1024;

interface ParserError extends Error {
  readonly code?: string;
  /** The bytes that could not be read: part of a body, perhaps. */
  rawPacket?: Uint8Array;
}

/**
 * Why an answer over HTTP/1.1 did not come or stopped. `error` is what Node said, if anything. `first`: nothing was answered on this
 * connection before, so that whatever came was meant as the answer.
 */
export function answerFailure(
  error: unknown,
  address: ServerAddress,
  request: RequestInfo,
  first: boolean,
): ConnectionError | LimitError {
  const { code = "", rawPacket } = (error ?? {}) as ParserError;
  const { hostPort } = address;
  if (error === undefined || code === "HPE_INVALID_EOF_STATE") {
    const message = `ConnectionLost: the connection to ${hostPort} ended before the answer did`;
    return new ConnectionError(message, { request, cause: error });
  }
  if (!code.startsWith("HPE_")) return connectionError(error, address, { sent: "maybe", request });
  delete (error as ParserError).rawPacket;
  const options = { request, cause: error };
  if (code === "HPE_HEADER_OVERFLOW") return new LimitError("the answer's header", mostHeaderBytes, options);
  if (code !== "HPE_INVALID_CONSTANT") {
    const message = `BadHttp: the answer of ${hostPort} is not valid HTTP (${code}); check what stands between here and the API server`;
    return new ConnectionError(message, { ...options, permanent: true });
  }
  // What follows an answer unasked says nothing about the next connection.
  if (!first) return new ConnectionError(`ConnectionLost: ${hostPort} sent more than its last answer`, options);
  const message = `NotHttp: ${hostPort} does not answer in HTTP/1.1${guess(rawPacket)}`;
  return new ConnectionError(message, { ...options, permanent: true });
}

/** What speaks there instead, as far as its first bytes tell, and what to do. They are never quoted: some servers repeat requests. */
function guess(bytes: Uint8Array = new Uint8Array()): string {
  const check = "check the server's address and port";
  const text = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  if (text.startsWith("SSH-")) return ` but as an SSH server; ${check}`;
  if (/^[25]\d\d[ -]/.test(text)) return ` but as a mail or FTP server; ${check}`;
  if (/^[-+$*:]/.test(text)) return ` but as Redis does; ${check}`;
  if (text.startsWith("\x15\x03")) return " but with a TLS alert; check whether the address begins with https://";
  // A SETTINGS frame of the connection: its type, and stream 0.
  if (bytes.length >= 9 && bytes[3] === 4 && Buffer.from(bytes).readUInt32BE(5) === 0) {
    return ' but in HTTP/2; leave protocol at "auto", which needs an https:// address';
  }
  return `; ${check}`;
}

/** Node's HTTP/2 parser gave up before the server had greeted. */
export function notHttp2(address: ServerAddress, request: RequestInfo, cause: unknown): ConnectionError {
  return new ConnectionError(
    `NotHttp: ${address.hostPort} agrees on HTTP/2 and does not speak it; check the server's address and port, or set protocol: "http/1.1"`,
    { request, permanent: true, cause },
  );
}
