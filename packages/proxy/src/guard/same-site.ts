import { pageHeader } from "@kubewright/runtime/relay";
import { Refusal } from "../request/refusal.ts";
import type { Method } from "../request/target.ts";
import type { RequestHeaders } from "./request-headers.ts";

/** Where a request came in. */
export interface Entrance {
  /** Undefined on a unix socket. */
  readonly port: number | undefined;
  readonly encrypted: boolean;
}

/** Under which names a proxy is reached, and by which pages. */
export interface Names {
  /** Values of Host. Default: the loopback names with the port that is listened on. */
  readonly hosts: readonly string[] | undefined;
  /** Values of Origin. Default: that of the very host that is asked. */
  readonly origins: readonly string[] | undefined;
}

/**
 * Refuses what does not come from a page of this very origin, or from a program: names that lead here but are not ours (DNS
 * rebinding), other pages, and requests that any page can make without being asked for (forms, images, `no-cors`).
 */
export function checkSameSite(names: Names, entrance: Entrance, method: Method, headers: RequestHeaders): void {
  const host = checkHost(names, entrance, headers);
  checkOrigin(names, entrance, host, headers);
  if (method === "GET" || method === "HEAD") return;
  if (headers.get(pageHeader) !== "1")
    throw new Refusal(403, `a ${method} needs the header "${pageHeader}: 1", which only pages of this origin can set`);
  if (!headers.has("origin") && headers.has("sec-fetch-site"))
    throw new Refusal(403, `a browser's ${method} needs the header origin`);
}

/** The same of an upgrade: pages can set no header on it, but every browser says its origin. */
export function checkUpgrade(names: Names, entrance: Entrance, headers: RequestHeaders): void {
  const host = checkHost(names, entrance, headers);
  if (!headers.has("origin") && headers.has("sec-fetch-site"))
    throw new Refusal(403, "a browser's upgrade needs the header origin");
  checkOrigin(names, entrance, host, headers, [...ownDestinations, "websocket"]);
}

/** Refuses names that lead here but are not ours. Gives the name that was asked. */
export function checkHost({ hosts }: Pick<Names, "hosts">, entrance: Entrance, headers: RequestHeaders): string {
  const host = headers.get("host")?.toLowerCase();
  if (host === undefined) throw new Refusal(400, "the header host is missing");
  if (!(hosts ?? loopbackHosts(entrance)).includes(host))
    throw new Refusal(403, "the header host is none of the proxy's; whoever runs it can name it in `hosts`");
  return host;
}

/** Under which names a port, or a socket, of this machine is asked. */
export function loopbackHosts({ port, encrypted }: Entrance): readonly string[] {
  if (port === undefined) return ["localhost"];
  const names = ["localhost", "127.0.0.1", "[::1]"];
  const withPort = names.map((name) => `${name}:${port}`);
  return port === (encrypted ? 443 : 80) ? [...names, ...withPort] : withPort;
}

/** What a browser says of where a request comes from: this origin, or the user who typed its address. */
const ownSites: readonly (string | undefined)[] = [undefined, "same-origin", "none"];

/** What a browser wants an answer for: fetch and its like, or to show it. Never as a script, a worker or a frame. */
const ownDestinations: readonly (string | undefined)[] = [undefined, "empty", "document"];

function checkOrigin(
  { origins }: Names,
  { encrypted }: Entrance,
  host: string,
  headers: RequestHeaders,
  destinations = ownDestinations,
): void {
  const origin = headers.get("origin");
  if (origin !== undefined && !(origins ?? [`${encrypted ? "https" : "http"}://${host}`]).includes(origin))
    throw new Refusal(403, "the header origin is not the proxy's own; whoever runs it can name it in `origins`");
  if (!ownSites.includes(headers.get("sec-fetch-site")))
    throw new Refusal(403, "the request comes from a page of another origin");
  if (!destinations.includes(headers.get("sec-fetch-dest")))
    throw new Refusal(403, "the answer may be read by pages and shown, and be no script, frame or image");
}
