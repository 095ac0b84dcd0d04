import { InputError } from "@kubewright/core";

/** A server's URL, taken apart once. */
export interface ServerAddress {
  /** The URL without a slash at its end; for messages. */
  readonly server: string;
  readonly secure: boolean;
  /** Name or address to dial; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** What Host and `:authority` say: without the scheme's own port, IPv6 in brackets. */
  readonly authority: string;
  /** `host:port` for messages. */
  readonly hostPort: string;
  /** Path that stands before every request's path, such as `/k8s/clusters/c-1`; `""` for none. */
  readonly prefix: string;
}

/** Reads `server` as client-go's DefaultServerURL does, but refuses what could never be meant: credentials, a query, another scheme. */
export function parseServerAddress(server: string): ServerAddress {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new InputError(
      "server",
      "it must be an address that begins with https:// or http://, such as https://10.0.0.1:6443",
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new InputError("server", "it must not hold a user name or password; pass them as credentials");
  }
  if (url.search !== "" || url.hash !== "") {
    throw new InputError("server", "it must not hold a query or fragment; a path is fine");
  }
  const secure = url.protocol === "https:";
  const host = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  const prefix = url.pathname.replace(/\/+$/, "");
  return {
    server: `${url.protocol}//${url.host}${prefix}`,
    secure,
    host,
    port,
    authority: url.host,
    hostPort: `${url.hostname}:${port}`,
    prefix,
  };
}
