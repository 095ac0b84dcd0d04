import { createApiServer, type ApiServerHeartOptions } from "../serving/create-api-server.ts";
import { createCertificate } from "./certificate.ts";
import { listen } from "./listen.ts";

/** An API server in this process that listens. */
export interface ApiServer {
  /** Such as `https://127.0.0.1:40123`. */
  readonly url: string;
  /** The authority of its certificate, in PEM. */
  readonly ca: string;
  /** Ends it and every connection. */
  close(): Promise<void>;
}

/** Starts an API server on a port of the loopback address, over HTTP/1.1 and HTTP/2 with TLS. It asks nobody who they are. */
export async function startApiServer(options: ApiServerHeartOptions = {}): Promise<ApiServer> {
  const certificate = createCertificate();
  const server = createApiServer(options);
  const { url, close } = await listen(server.serve, certificate);
  return {
    url,
    ca: certificate.cert,
    close() {
      server.close();
      return close();
    },
  };
}
