import { type Clock, systemClock, type Transport } from "@kubewright/core";
import type { Controller } from "../controllers/controller.ts";
import { garbageCollector } from "../controllers/garbage-collector.ts";
import { createServed } from "../knowledge/served.ts";
import { resourcesOf, type ServedApis } from "../knowledge/resources.ts";
import { createState } from "../state/create-state.ts";
import type { Serve } from "../exchange/exchange.ts";
import { injectedTransport } from "./injected-transport.ts";
import { createServe } from "./serve.ts";

/** An API server without sockets. */
export interface ApiServerHeart {
  /** The server as a function, for whoever carries requests to it. */
  readonly serve: Serve;
  /** A transport that reaches it without a network, for createCluster(). */
  transport(): Transport;
  /** Ends its controllers; it goes on answering. */
  close(): void;
}

const controllers: readonly Controller[] = [garbageCollector];

/** What an API server is made of. */
export interface ApiServerHeartOptions {
  /** Which groups and versions it serves: those of a default server, or alpha and beta too. Default `"default"`. */
  readonly apis?: ServedApis | undefined;
  /** Behind every wait and every time that it writes. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /** Whether its controllers run: so far the garbage collector. Default true. */
  readonly controllers?: boolean | undefined;
}

/** Makes one. */
export function createApiServer(options: ApiServerHeartOptions = {}): ApiServerHeart {
  const { apis = "default", clock = systemClock } = options;
  const state = createState(createServed(resourcesOf(apis)), clock);
  const running = options.controllers === false ? [] : controllers.map((controller) => controller(state));
  const serve = createServe(state);
  return {
    serve,
    transport: () => injectedTransport(serve, "https://kubewright.testing"),
    close() {
      for (const stop of running.splice(0)) stop();
    },
  };
}
