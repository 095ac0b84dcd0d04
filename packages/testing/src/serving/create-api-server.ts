import { type Clock, systemClock, type Transport } from "@kubewright/core";
import { type Authorize, createAccessRules } from "../access/access-rules.ts";
import type { User } from "../access/user.ts";
import { bootstrap } from "../bootstrap/bootstrap.ts";
import type { Controller } from "../controllers/controller.ts";
import { garbageCollector } from "../controllers/garbage-collector.ts";
import { namespaceContents } from "../controllers/namespace-contents.ts";
import { namespaceController } from "../controllers/namespace-controller.ts";
import { serviceAddresses } from "../controllers/service-addresses.ts";
import { createFaults } from "../faults/create-faults.ts";
import type { Faults } from "../faults/faults.ts";
import { createServed } from "../knowledge/served.ts";
import { resourcesOf, type ServedApis } from "../knowledge/resources.ts";
import { createState } from "../state/create-state.ts";
import type { Serve } from "../exchange/exchange.ts";
import type { LoadProtobuf } from "../exchange/protobuf-codec.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ObjectStorage } from "../store/object-storage.ts";
import { injectedTransport } from "./injected-transport.ts";
import { createRequestLog, type ReceivedRequest } from "./request-log.ts";
import { createServe } from "./serve.ts";

/** An API server without sockets. */
export interface ApiServerHeart {
  /** The server as a function, for whoever carries requests to it. */
  readonly serve: Serve;
  /** A transport that reaches it without a network, for createCluster(). */
  transport(): Transport;
  /** What it does wrong on demand. */
  readonly faults: Faults;
  /** The newest 10,000 requests since it started or was reset, oldest first; refused ones too. */
  requests(): readonly ReceivedRequest[];
  /**
   * Everything is as it was when the server started: no request was ever made, no fault is in force. Versions go on growing: watches end, and whoever
   * goes on from what was before is told that it is too old, so that informers read anew.
   */
  reset(): void;
  /** Ends its watches and controllers; it goes on answering. */
  close(): void;
}

/** What an API server is made of. */
export interface ApiServerHeartOptions {
  /** Which groups and versions it serves: those of a default server, or alpha and beta too. Default `"default"`. */
  readonly apis?: ServedApis | undefined;
  /** Behind every wait and every time that it writes. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /**
   * Who there is, by bearer token. Whoever gives no token is `system:anonymous`, one that is nobody's is refused with 401; tokens of service
   * accounts are known beside. Default: nobody has to say who they are, and whoever asks is the admin.
   */
  readonly users?: Readonly<Record<string, User>> | undefined;
  /**
   * Whether somebody may do something; what they may not is refused with 403, for the reason that a text gives. It is not asked about what
   * every cluster lets everybody do: read the version, health and, with a token, discovery, and review oneself. Default: whoever is known
   * may do everything, and anonymous nothing.
   */
  readonly authorize?: Authorize | undefined;
  /** Whether its controllers run: the garbage collector, and those of namespaces. Default true. */
  readonly controllers?: boolean | undefined;
  /** The authority of the certificate that it is reached with, in PEM; it stands in each namespace. Default: none. */
  readonly certificateAuthority?: string | undefined;
  /** Where its objects come from and go to, so that they outlive it. Default: nowhere. */
  readonly storage?: ObjectStorage | undefined;
  /**
   * The codec of protobuf: `() => import("@kubewright/protobuf")`. It is loaded when a request first needs it. Default: none, and who
   * asks for protobuf gets JSON where that will do, or 406.
   */
  readonly protobuf?: LoadProtobuf | undefined;
}

/** Makes one. */
export function createApiServer(options: ApiServerHeartOptions = {}): ApiServerHeart {
  const { apis = "default", clock = systemClock, storage, certificateAuthority = "" } = options;
  const log = createRequestLog(clock);
  const served = createServed(resourcesOf(apis));
  const controllers: readonly Controller[] = [
    garbageCollector,
    namespaceController,
    namespaceContents(certificateAuthority),
  ];
  const { faults, injection } = createFaults(served, clock, () => living().state);
  const begin = (first?: number): Life => {
    const access = createAccessRules(options.users, options.authorize);
    const state = createState({ served, clock, access, storage, first });
    const release = serviceAddresses(state);
    bootstrap(state);
    const stops = options.controllers === false ? [] : controllers.map((controller) => controller(state));
    return {
      state,
      stops: [release, ...stops],
      serve: createServe(state, { log, injection, protobuf: options.protobuf }),
    };
  };
  const end = ({ state, stops }: Life): void => {
    for (const stop of stops) stop();
    state.end();
  };
  let life = storage === undefined ? undefined : begin();
  /** What nobody has stored begins when somebody first asks for it: until then nobody waits for a cluster's first objects. */
  const living = (): Life => (life ??= begin());
  const serve: Serve = (request) => living().serve(request);
  return {
    serve,
    transport: () => injectedTransport(serve, "https://kubewright.testing"),
    faults,
    requests: log.requests,
    reset() {
      log.clear();
      faults.clear();
      if (life === undefined) return;
      end(life);
      const first = life.state.revisions.current + 1;
      storage?.clear(first);
      life = begin(first);
    },
    close() {
      if (life !== undefined) end(life);
    },
  };
}

/** From one beginning of a server to the next. */
interface Life {
  readonly state: ServerState;
  readonly stops: readonly (() => void)[];
  readonly serve: Serve;
}
