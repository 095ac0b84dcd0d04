// In the place of test/support/handler-server.ts: the handlers run here, the servers at the relay.
import type { Handler, HandlerServer, Protocol, ReceivedRequest } from "../../support/handler-server.ts";
import type { Command, Happening } from "./relay.ts";

interface Remote {
  readonly handler: Handler;
  readonly requests: ReceivedRequest[];
  connections: number;
}

let relay = "";
const servers = new Map<number, Remote>();
const ends = new Map<number, () => void>();
let queue: Promise<unknown> = Promise.resolve();

/** Listens to what happens at the relay's servers. */
export async function connectTo(origin: string): Promise<void> {
  relay = origin;
  const { body } = await fetch(`${origin}/events`);
  void listen(body as ReadableStream<Uint8Array>);
}

async function listen(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) hear(JSON.parse(line) as Happening);
  }
}

/** Commands go one after another, as a handler gives them. */
export function command<T = unknown>(given: Command): Promise<T> {
  const sent = queue.then(async () => {
    const response = await fetch(relay, { method: "POST", body: JSON.stringify(given) });
    return (await response.json()) as T;
  });
  queue = sent.catch(() => {});
  return sent;
}

function hear(happening: Happening): void {
  const { exchange } = happening;
  if (happening.happened === "ended") {
    ends.get(exchange)?.();
    return;
  }
  const server = servers.get(happening.server);
  if (server === undefined) return;
  server.connections = happening.connections;
  const { base64, ...request } = happening.request;
  const received = {
    ...request,
    body: bytesOf(base64),
    ended: new Promise<void>((resolve) => ends.set(exchange, resolve)),
    destroyConnection: () => void command({ op: "destroy", exchange }),
  } as unknown as ReceivedRequest;
  server.requests.push(received);
  void server.handler(received, {
    head: (status, headers = {}) =>
      void command({ op: "head", exchange, status, headers: headers as Record<string, string> }),
    write: (chunk) => void command({ op: "write", exchange, base64: base64Of(chunk) }),
    end: (chunk) => void command({ op: "end", exchange, base64: chunk === undefined ? undefined : base64Of(chunk) }),
  });
}

export async function startHandlerServer(
  protocol: Protocol,
  handler: Handler,
  tls?: { cert: string; key: string },
): Promise<HandlerServer> {
  const { number, origin } = await command<{ number: number; origin: string }>({ op: "listen", protocol, tls });
  const server: Remote = { handler, requests: [], connections: 0 };
  servers.set(number, server);
  return {
    origin,
    requests: server.requests,
    connections: () => server.connections,
    close: () => command({ op: "close", server: number }),
  };
}

function base64Of(chunk: string | Uint8Array): string {
  const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
