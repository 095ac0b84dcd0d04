import { type Clock, systemClock, type Transport } from "@kubewright/core";
import type { Authorize } from "../access/access-rules.ts";
import type { User } from "../access/user.ts";
import type { Serve } from "../exchange/exchange.ts";
import type { LoadProtobuf } from "../exchange/protobuf-codec.ts";
import { createFaults } from "../faults/create-faults.ts";
import type { Faults } from "../faults/faults.ts";
import type { Hooks } from "../hooks/hooks.ts";
import { createHooks } from "../hooks/registry.ts";
import { createServed } from "../knowledge/served.ts";
import { resourcesOf, type ServedApis } from "../knowledge/resources.ts";
import type { ObjectStorage } from "../store/object-storage.ts";
import { injectedTransport } from "./injected-transport.ts";
import type { BeginLife, Life } from "./life.ts";
import { createRequestLog, type ReceivedRequest } from "./request-log.ts";

/** An API server without sockets. */
export interface ApiServerHeart extends Hooks {
  /** The server as a function, for whoever carries requests to it. */
  readonly serve: Serve;
  /** A transport that reaches it without a network, for createCluster(). */
  transport(): Transport;
  /** What it does wrong on demand. */
  readonly faults: Faults;
  /** The newest 10,000 requests since it started or was reset, oldest first; refused ones too. */
  requests(): readonly ReceivedRequest[];
  /**
   * Everything is as it was when the server started: no request was ever made, no fault and no hook is in force. Versions go on growing: watches end, and whoever
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

/** A server whose life may still have to be loaded. */
export interface LoadedHeart extends ApiServerHeart {
  /** Begins its life, which the first request does otherwise. What it throws, or rejects with, comes from the storage. */
  begin(): Life | Promise<Life>;
}

/**
 * Makes one of what is light. `loadLife` brings the rest, the rules of every kind, when the first request comes: whoever only starts a
 * server does not wait for it.
 */
export function createHeart(
  options: ApiServerHeartOptions,
  loadLife: () => BeginLife | Promise<BeginLife>,
): LoadedHeart {
  const { apis = "default", clock = systemClock, storage } = options;
  const log = createRequestLog(clock);
  const served = createServed(resourcesOf(apis));
  const hooks = createHooks(clock);
  const { faults, injection, begun } = createFaults(served, clock, () => life?.state);
  let beginLife: BeginLife | undefined;
  let life: Life | undefined;
  let loading: Promise<Life> | undefined;
  let isClosed = false;
  const start = (loaded: BeginLife, first?: number): Life => {
    beginLife = loaded;
    life = loaded({ options, served, clock, hooks, log, injection, first });
    begun(life.state);
    if (isClosed) life.end();
    return life;
  };
  const begin = (): Life | Promise<Life> => {
    if (life !== undefined) return life;
    if (loading !== undefined) return loading;
    const loaded = loadLife();
    if (!(loaded instanceof Promise)) return start(loaded);
    return (loading = loaded.then((arrived) => life ?? start(arrived)));
  };
  const serve: Serve = async (request) => (life ?? (await begin())).serve(request);
  return {
    serve,
    begin,
    transport: () => injectedTransport(serve, "https://kubewright.testing"),
    faults,
    onExec: hooks.onExec,
    onAttach: hooks.onAttach,
    onPortForward: hooks.onPortForward,
    onProxy: hooks.onProxy,
    log: hooks.log,
    protocols: hooks.protocols,
    requests: log.requests,
    reset() {
      log.clear();
      faults.clear();
      hooks.clear();
      if (life === undefined || beginLife === undefined) return;
      life.end();
      const first = life.state.revisions.current + 1;
      storage?.clear(first);
      start(beginLife, first);
    },
    close() {
      isClosed = true;
      life?.end();
    },
  };
}
