import type { Cluster } from "@kubewright/core";
import type { Identify } from "../guard/identity.ts";
import type { ProxyLimits } from "../guard/proxy-limits.ts";
import type { RefusedRequest } from "../guard/refused.ts";
import type { ProxyRule } from "../guard/proxy-rule.ts";

/** What a proxy is made of. */
export interface ProxyOptions {
  /** The cluster behind it, such as `await connect()`. The proxy does not close it. */
  readonly cluster: Cluster;
  /** What paths begin with, such as `"/k8s"`; the rest is the API server's. `""` for none. Default `"/k8s"`. */
  readonly prefix?: string | undefined;
  /**
   * Values of the header Host that are answered, such as `["dashboard.example"]`, so that no other name can be made to lead here.
   * Default: `localhost`, `127.0.0.1` and `[::1]` with the port that is listened on.
   */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Values of the header Origin that are answered, such as `["https://dashboard.example"]`; needed where TLS ends before the proxy.
   * Default: `http://`, over TLS `https://`, and the Host of the request.
   */
  readonly origins?: readonly string[] | undefined;
  /** What is let through; all else is refused. Default: {@link readOnly}. */
  readonly allow?: readonly ProxyRule[] | undefined;
  /**
   * As whom a request is sent on, by a session's cookie or what else the request holds; undefined for one that is not signed in, which
   * gets a 401. Asked for each request, and each minute while a stream goes on; what throws, takes longer than 30 s or names nobody
   * is a 500, never the proxy itself. Default: everybody acts by the cluster's own credentials.
   */
  readonly identify?: Identify | undefined;
  /** How much is taken, and how long is waited. */
  readonly limits?: ProxyLimits | undefined;
  /** Is told each request that is refused. Default: a line on the console's stderr, at most ten a second. */
  readonly onRefused?: ((refused: RefusedRequest) => void) | undefined;
}
