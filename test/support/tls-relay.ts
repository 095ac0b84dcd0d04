import { once } from "node:events";
import { createServer, request as httpsRequest, Agent } from "node:https";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import type { CertifiedKey } from "./certificates.ts";

export interface RelayOptions {
  /** The server behind, and its authority in PEM. */
  readonly server: string;
  readonly ca: string;
  /** What the relay shows to clients. */
  readonly tls: CertifiedKey;
  /** Where it listens; default 127.0.0.1. */
  readonly host?: "127.0.0.1" | "::1";
  /** The Authorization header for the server behind, by that of the client; undefined answers 401. Default: the client's own. */
  readonly authorization?: (given: string | undefined) => string | undefined;
}

/** Stands before a server and ends TLS, as load balancers do. Speaks HTTP/1.1. */
export interface TlsRelay {
  /** `https://host:port` */
  readonly server: string;
  /** TLS handshakes that clients completed. */
  readonly handshakes: number;
  /** New connections see this certificate; those that exist end with their next answer. */
  show(tls: CertifiedKey): void;
  close(): Promise<void>;
}

export async function startTlsRelay(options: RelayOptions): Promise<TlsRelay> {
  const { host = "127.0.0.1", authorization = (given) => given } = options;
  const agent = new Agent({ keepAlive: true, ca: options.ca });
  const behind = new URL(options.server);
  let shown = 0;
  let handshakes = 0;
  const shownTo = new WeakMap<object, number>();

  const server = createServer(options.tls, (request, response) => {
    const outdated = shownTo.get(request.socket) !== shown;
    const allowed = authorization(request.headers.authorization);
    if (options.authorization !== undefined && allowed === undefined) {
      request.resume();
      response.writeHead(401, { "content-type": "text/plain" }).end("Unauthorized");
      return;
    }
    const { method, url: path } = request;
    const headers = { ...request.headers, host: behind.host, authorization: allowed };
    const forwarded = httpsRequest({ host: behind.hostname, port: behind.port, agent, method, path, headers });
    forwarded.on("response", (answer) => {
      const own = outdated ? { connection: "close" } : {};
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...own });
      // A watch begins with its headers.
      response.flushHeaders();
      pipeline(answer, response, () => {});
    });
    forwarded.on("error", () => response.destroy());
    response.on("close", () => forwarded.destroy());
    request.pipe(forwarded);
  });
  server.on("secureConnection", (socket) => {
    handshakes += 1;
    shownTo.set(socket, shown);
  });
  server.listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
    get handshakes() {
      return handshakes;
    },
    show(tls) {
      server.setSecureContext(tls);
      shown += 1;
    },
    async close() {
      agent.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
