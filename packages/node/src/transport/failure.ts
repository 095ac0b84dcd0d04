import { ConnectionError } from "@kubewright/core";
import type { RequestInfo } from "@kubewright/core";

import type { ServerAddress } from "../dial/server-address.ts";
import { brokenTls, clientRefused } from "../dial/tls-failure.ts";

/** What the platform's errors may carry. */
interface PlatformError extends Error {
  readonly code?: string;
}

/** A ConnectionError that says what is wrong and how to fix it, made of an error of Node or OpenSSL. */
export function connectionError(
  error: unknown,
  address: ServerAddress,
  options: { readonly sent: "no" | "maybe"; readonly request: RequestInfo },
): ConnectionError {
  if (error instanceof ConnectionError) {
    // One broken connection fails many requests; each gets an error of its own, with its own verb and path.
    return new ConnectionError(error.message, { ...options, permanent: error.permanent, cause: error.cause ?? error });
  }
  const platform = error as PlatformError;
  const refused = clientRefused(platform, address.hostPort);
  if (refused !== undefined)
    return new ConnectionError(refused, { ...options, sent: "no", permanent: true, cause: error });
  return new ConnectionError(describe(platform, address.hostPort), { ...options, cause: error });
}

function describe(error: PlatformError, where: string): string {
  const { code = "" } = error;
  switch (code) {
    case "ETIMEDOUT":
      return `Unreachable: ${where} does not answer; check the network, the firewall and the VPN`;
    case "ECONNRESET":
    case "EPIPE":
    case "ECONNABORTED":
      return `ConnectionLost: the connection to ${where} was reset`;
    default:
      if (code.startsWith("ERR_SSL_")) return brokenTls(error, where);
      return `ConnectionLost: the connection to ${where} broke (${code === "" ? error.message : code})`;
  }
}
