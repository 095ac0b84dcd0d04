import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Serve, ServerAnswer } from "../exchange/exchange.ts";
import { headersOf } from "./headers-of.ts";

/** Answers a request to upgrade the connection, and serves what goes on over it. @throws where the connection is to break */
export async function answerUpgrade(
  serve: Serve,
  request: IncomingMessage,
  stream: Duplex,
  head: Uint8Array,
): Promise<void> {
  const gone = new AbortController();
  stream.once("close", () => gone.abort());
  // What else is wrong with it shows where it is read or written.
  stream.on("error", () => gone.abort());
  const { readUpgrade, acceptUpgrade } = await import("@kubewright/node/websocket");
  const headers = headersOf(request);
  const { method = "GET", url = "" } = request;
  const [path = "", query = ""] = url.split(/\?(.*)/s, 2);
  const isWebSocket = headers.get("upgrade")?.toLowerCase() === "websocket";
  let offer: ReturnType<typeof readUpgrade> | undefined;
  try {
    if (isWebSocket) offer = readUpgrade((name) => headers.get(name));
  } catch (error) {
    return write(badRequest((error as Error).message), stream);
  }
  const answered = await serve({
    method,
    path,
    query,
    headers,
    body: new Uint8Array(),
    upgrade: offer?.offered,
    signal: gone.signal,
  });
  const { upgrade } = answered;
  if (upgrade === undefined || offer === undefined) return write(answered, stream);
  await upgrade.run(acceptUpgrade(offer, { stream, head, protocol: upgrade.protocol }));
}

function badRequest(why: string): ServerAnswer {
  const headers = { "content-type": ["text/plain; charset=utf-8"] };
  return { status: 400, headers, body: new TextEncoder().encode(`${why}\n`) };
}

/** The connection is given up with the answer: what would come behind the request is no HTTP. */
async function write({ status, headers, body }: ServerAnswer, stream: Duplex): Promise<void> {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`];
  for (const [name, values] of Object.entries(headers)) for (const value of values) lines.push(`${name}: ${value}`);
  if (body instanceof Uint8Array) lines.push(`content-length: ${body.byteLength}`);
  stream.write(Buffer.from(`${lines.join("\r\n")}\r\nconnection: close\r\n\r\n`));
  for await (const chunk of body instanceof Uint8Array ? [body] : body) stream.write(chunk);
  stream.end();
}
