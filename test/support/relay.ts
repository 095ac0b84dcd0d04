import { once } from "node:events";
import { connect, constants, createSecureServer } from "node:http2";
import type { ClientHttp2Session, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";

import type { CertifiedKey } from "./certificates.ts";

export interface RelayOptions {
  /** The server behind, as `https://host:port`, and its authority. */
  readonly upstream: string;
  readonly upstreamCa: string;
  readonly certificate: CertifiedKey;
  /** Streams that a client may have open at once on a connection. Default 100. */
  readonly maxConcurrentStreams?: number;
}

export interface RelayedRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

/** An HTTP/2 server that hands each request on to a real one, and can misbehave as proxies of HTTP/2 do. */
export interface Relay {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  readonly requests: readonly RelayedRequest[];
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Connections that are open now. */
  readonly open: number;
  /** GOAWAY on every connection; streams that are open go on to their end, later ones are not processed. */
  goAway(): void;
  /** GOAWAY on every connection with this error, and an end at once. */
  abort(code: number): void;
  close(): Promise<void>;
}

export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { upstream, upstreamCa, certificate, maxConcurrentStreams = 100 } = options;
  const requests: RelayedRequest[] = [];
  const sessions = new Map<ServerHttp2Session, ClientHttp2Session>();
  let accepted = 0;

  const server = createSecureServer({ ...certificate, settings: { maxConcurrentStreams } });
  server.on("session", (session) => {
    accepted += 1;
    const behind = connect(upstream, { ca: upstreamCa });
    behind.on("error", () => session.destroy());
    session
      .on("error", () => {})
      .on("close", () => {
        sessions.delete(session);
        behind.destroy();
      });
    sessions.set(session, behind);
  });
  server.on(
    "stream",
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, rawHeaders: string[]) => {
      stream.on("error", () => {});
      const session = stream.session as ServerHttp2Session;
      requests.push({
        method: headers[":method"] ?? "",
        path: headers[":path"] ?? "",
        authorization: headers.authorization,
      });
      handOn(stream, rawHeaders, sessions.get(session) as ClientHttp2Session);
    },
  );
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get accepted() {
      return accepted;
    },
    get open() {
      return sessions.size;
    },
    goAway() {
      for (const session of sessions.keys()) session.close();
    },
    abort(code) {
      for (const session of sessions.keys()) session.destroy(undefined, code);
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const session of sessions.keys()) session.destroy();
      await closed;
    },
  };
}

/** One stream of the client, and one to the server behind it; an end or a reset of one is one of the other. */
function handOn(stream: ServerHttp2Stream, rawHeaders: readonly string[], behind: ClientHttp2Session): void {
  if (behind.destroyed) {
    stream.close(constants.NGHTTP2_REFUSED_STREAM);
    return;
  }
  // Raw, because several lines of one header must stay several.
  const lines = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && name !== ":authority" && name !== "host" ? [name, rawHeaders[at + 1] as string] : [],
  );
  const onward = behind.request(lines, { endStream: false });
  onward.on("response", (headers) => {
    if (stream.destroyed || stream.closed) return;
    stream.respond(headers);
    // Only now: data of the same read would come before.
    onward.pipe(stream, { end: false });
  });
  let whole = false;
  onward.on("end", () => {
    // Node ends a stream in this way too when its connection breaks.
    whole = !onward.closed || onward.rstCode === constants.NGHTTP2_NO_ERROR;
    if (whole && stream.headersSent) stream.end();
  });
  onward.on("error", () => {});
  onward.on("close", () => {
    if (!stream.closed && !(whole && stream.headersSent))
      stream.close(onward.rstCode || constants.NGHTTP2_INTERNAL_ERROR);
  });
  stream.on("close", () => {
    if (!onward.closed) onward.close(constants.NGHTTP2_CANCEL);
  });
  stream.pipe(onward);
}
