import type { RawRequest, RawResponse } from "./raw-request.ts";

/** What a proxied request reaches of the named object. */
export interface ProxyOptions {
  /** How the API server speaks to it. Default `"http"`; of a node without a port, what its kubelet speaks. */
  readonly scheme?: "http" | "https" | undefined;
  /**
   * Of a service, the number or the name of one of its ports; of a pod or a node, a number. Default: a service's port without a name, the
   * first port that a pod's containers name, a node's kubelet.
   */
  readonly port?: number | string | undefined;
}

/** Sends requests to what is behind the API server's proxy. */
export interface ProxyClient {
  /**
   * Sends a request as `cluster.request()` does, with `path` below what is proxied to. Any status is an answer, redirects too; where
   * the API server has something to say itself, such as that there is nothing to proxy to, that is the answer: a Status in JSON. What
   * is proxied to sees neither the connection's credentials nor an `authorization` header, for the API server keeps them.
   */
  request(request: RawRequest): Promise<RawResponse>;
}
