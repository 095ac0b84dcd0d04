import type { IncomingMessage } from "node:http";
import type { Entrance } from "./same-site.ts";

/** The address that was asked for, encoded: path and query. Frameworks that mount a handler below a path keep the whole of it apart. */
export function urlOf(request: IncomingMessage & { readonly originalUrl?: string }): {
  readonly path: string;
  readonly query: string;
} {
  const [path = "", query = ""] = (request.originalUrl ?? request.url ?? "").split(/\?(.*)/s, 2);
  return { path, query };
}

/** Where a request came in. */
export function entranceOf({ socket }: IncomingMessage): Entrance {
  return { port: socket.localPort, encrypted: "encrypted" in socket };
}
