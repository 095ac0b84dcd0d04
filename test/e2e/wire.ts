import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";

/** A request as Node's own HTTP modules began it in this process. */
export interface WireRequest {
  readonly protocol: "h2" | "http/1.1";
  readonly path: string;
}

/** Listens to Node itself, so that what was spoken is not a matter of what the library says. Stop it after use. */
export function recordWire(): { readonly requests: WireRequest[]; stop(): void } {
  const requests: WireRequest[] = [];
  const h2 = (message: unknown): void => {
    const { headers } = message as { headers: Readonly<Record<string, string>> };
    requests.push({ protocol: "h2", path: headers[":path"] ?? "" });
  };
  const h1 = (message: unknown): void => {
    requests.push({ protocol: "http/1.1", path: (message as { request: ClientRequest }).request.path });
  };
  subscribe("http2.client.stream.start", h2);
  subscribe("http.client.request.start", h1);
  return {
    requests,
    stop() {
      unsubscribe("http2.client.stream.start", h2);
      unsubscribe("http.client.request.start", h1);
    },
  };
}
