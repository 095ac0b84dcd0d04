import { type Clock, systemClock, type Transport } from "@kubewright/core";
import { createServed } from "../knowledge/served.ts";
import { resourcesOf, type ServedApis } from "../knowledge/resources.ts";
import { createState } from "./create-state.ts";
import type { Serve } from "./exchange.ts";
import { injectedTransport } from "./injected-transport.ts";
import { createServe } from "./serve.ts";

/** An API server without sockets. */
export interface ApiServerHeart {
  /** The server as a function, for whoever carries requests to it. */
  readonly serve: Serve;
  /** A transport that reaches it without a network, for createCluster(). */
  transport(): Transport;
}

/** What an API server is made of. */
export interface ApiServerHeartOptions {
  /** Which groups and versions it serves: those of a default server, or alpha and beta too. Default `"default"`. */
  readonly apis?: ServedApis | undefined;
  /** Behind every wait and every time that it writes. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** Makes one. */
export function createApiServer({ apis = "default", clock = systemClock }: ApiServerHeartOptions = {}): ApiServerHeart {
  const serve = createServe(createState(createServed(resourcesOf(apis)), clock));
  return { serve, transport: () => injectedTransport(serve, "https://kubewright.testing") };
}
