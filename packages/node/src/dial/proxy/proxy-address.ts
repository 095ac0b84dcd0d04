import { InputError } from "@kubewright/core";

import { proxyUrlProblem } from "../../settings/syntax.ts";

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** A proxy's URL, taken apart once. */
export interface ProxyAddress {
  readonly kind: "http" | "socks5";
  /** Where the connection goes, as `https://host:port` or `http://host:port`; https is TLS to the proxy itself. */
  readonly origin: string;
  /** What messages call it: without user name and password. */
  readonly label: string;
  readonly login: Login | undefined;
}

const defaultPorts: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/** Reads `http://`, `https://`, `socks5://` and `socks5h://` URLs; path and query mean nothing, as in Go. Throws an InputError. */
export function parseProxyAddress(proxyUrl: string | URL): ProxyAddress {
  const problem = proxyUrlProblem(String(proxyUrl));
  if (problem !== undefined) throw new InputError("proxyUrl", problem);
  const { protocol, hostname, port, username, password } = new URL(proxyUrl);
  const login =
    username === "" && password === "" ? undefined : { username: decode(username), password: decode(password) };
  const kind = protocol.startsWith("socks5") ? "socks5" : "http";
  // RFC 1929 has one byte for the length of each, and none may be empty in a name.
  if (kind === "socks5" && login !== undefined && !(fits(login.username, 1) && fits(login.password, 0))) {
    throw new InputError(
      "proxyUrl",
      "its user name and password must have at most 255 bytes each, and the name at least one",
    );
  }
  const hostPort = `${hostname}:${port || (defaultPorts[protocol] ?? "1080")}`;
  return {
    kind,
    origin: `${protocol === "https:" ? "https" : "http"}://${hostPort}`,
    label: `${protocol}//${hostPort}`,
    login,
  };
}

function fits(text: string, least: number): boolean {
  const { length } = Buffer.from(text, "utf8");
  return length >= least && length <= 255;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new InputError(
      "proxyUrl",
      "its user name or password holds a % that does not begin a character; write %25 for it",
      {
        cause: error,
      },
    );
  }
}
