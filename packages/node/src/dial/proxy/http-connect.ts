import { request } from "node:http";
import type { ClientRequest } from "node:http";
import { isIPv6 } from "node:net";
import type { Duplex } from "node:stream";

import type { ConnectionError } from "@kubewright/core";

import type { ProxyAddress } from "./proxy-address.ts";
import { proxyClosed, proxyError } from "./proxy-failure.ts";

/** Enough for any login page's headers; a flag of Node must not decide it. */
const mostHeaderBytes = 64 * 1024;

/**
 * Asks an HTTP proxy for a tunnel to `host:port` (RFC 9110, 9.3.6) on a fresh connection, which becomes the tunnel. Destroys it
 * and rejects with a ConnectionError when the proxy refuses, or with the signal's reason.
 */
export function connectThroughHttp(
  socket: Duplex,
  proxy: ProxyAddress,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  const target = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const message = askFor(target, proxy, socket);
    const settle = (): void => signal.removeEventListener("abort", aborted);
    const fail = (error: unknown): void => {
      settle();
      message.on("error", () => {}).destroy();
      socket.on("error", () => {}).destroy();
      reject(error);
    };
    const aborted = (): void => fail(signal.reason);
    message.on("connect", ({ statusCode = 0 }, _socket, head) => {
      if (statusCode < 200 || statusCode > 299) {
        fail(refusal(statusCode, proxy, target));
        return;
      }
      settle();
      socket.unshift(head);
      resolve(socket);
    });
    message.on("error", (error: NodeJS.ErrnoException) => fail(broken(error, proxy)));
    if (signal.aborted) return aborted();
    signal.addEventListener("abort", aborted, { once: true });
    message.end();
  });
}

function askFor(target: string, { login }: ProxyAddress, socket: Duplex): ClientRequest {
  const credentials = login && Buffer.from(`${login.username}:${login.password}`, "utf8").toString("base64");
  const message = request({
    createConnection: () => socket,
    method: "CONNECT",
    path: target,
    headers: { host: target, ...(credentials && { "proxy-authorization": `Basic ${credentials}` }) },
    maxHeaderSize: mostHeaderBytes,
    // A proxy's answer is read as strictly as a server's.
    insecureHTTPParser: false,
  });
  // The tunnel stays; Node would announce its end.
  message.removeHeader("connection");
  return message;
}

function broken(error: NodeJS.ErrnoException & { rawPacket?: unknown }, { label }: ProxyAddress): ConnectionError {
  // The bytes that Node's HTTP parser could not read: nothing that came belongs into an error.
  delete error.rawPacket;
  if (error.code === "HPE_HEADER_OVERFLOW") {
    return proxyError(
      `NotAProxy: the proxy ${label} answers with more than ${mostHeaderBytes / 1024} KiB of headers; check its address`,
      error,
    );
  }
  if (error.code?.startsWith("HPE_")) {
    return proxyError(
      `NotAProxy: what answers at ${label} does not speak HTTP (${error.code}); check the proxy's address and scheme`,
      error,
    );
  }
  return proxyClosed(label, error);
}

function refusal(status: number, { label, login }: ProxyAddress, target: string): ConnectionError {
  const code = `HTTP ${status}`;
  switch (status) {
    case 407:
      return proxyError(
        login === undefined
          ? `ProxyUnauthorized: the proxy ${label} asks for a user name and password (${code}); put them into its URL, as http://user:password@host:port`
          : `ProxyUnauthorized: the proxy ${label} does not accept the user name and password in its URL (${code}); correct them, with special characters percent-encoded`,
      );
    case 502:
    case 503:
    case 504:
      return proxyError(
        `ProxyFailed: the proxy ${label} cannot reach ${target} (${code}); check the server's address, and whether the proxy is the right one for it`,
      );
    default:
      return proxyError(
        `ProxyRefused: the proxy ${label} does not connect to ${target} (${code}); its rules must allow this, or the server needs no proxy (NO_PROXY)`,
      );
  }
}
