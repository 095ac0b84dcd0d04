import { ConnectionError, isKubeError } from "@kubewright/core";

/** An error of dialling through a proxy: nothing reached the server. */
export function proxyError(message: string, cause?: unknown): ConnectionError {
  return new ConnectionError(message, { sent: "no", cause });
}

interface PlatformError extends Error {
  readonly code?: string;
  readonly errors?: readonly { readonly code?: string }[];
}

/** The proxy could not be reached, or no TLS connection to it came about. `label` holds no credentials. */
export function unreachable(label: string, error: unknown): ConnectionError {
  // A bound of the connection that ran out says enough by itself.
  if (isKubeError(error) && error.cause === undefined) return proxyError(error.message, error);
  const { code = "unknown error", message, errors } = (isKubeError(error) ? error.cause : error) as PlatformError;
  const known = errors?.[0]?.code ?? code;
  const why = known === "UNSPECIFIED" ? message : known;
  if (/^(E[A-Z]+|EAI_\w+)$/.test(why)) {
    return proxyError(
      `ProxyUnreachable: the proxy ${label} cannot be reached (${why}); check its address and that it runs`,
      error,
    );
  }
  return proxyError(
    `ProxyTlsFailed: there is no TLS connection to the proxy ${label} (${why}); its certificate must be good for this name, and its authority trusted by the system or NODE_EXTRA_CA_CERTS`,
    error,
  );
}

/** The connection to the proxy ended before its answer was whole. */
export function proxyClosed(label: string, cause?: unknown): ConnectionError {
  return proxyError(
    `ProxyClosed: the proxy ${label} closed the connection instead of answering; check that a proxy of this kind runs there`,
    cause,
  );
}
