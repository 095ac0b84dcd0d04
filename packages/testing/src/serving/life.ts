import type { Clock } from "@kubewright/core";
import { createAccessRules } from "../access/access-rules.ts";
import { bootstrap } from "../bootstrap/bootstrap.ts";
import type { Controller } from "../controllers/controller.ts";
import { garbageCollector } from "../controllers/garbage-collector.ts";
import { namespaceContents } from "../controllers/namespace-contents.ts";
import { namespaceController } from "../controllers/namespace-controller.ts";
import { playedContainers } from "../controllers/played-containers.ts";
import { serviceAddresses } from "../controllers/service-addresses.ts";
import type { Serve } from "../exchange/exchange.ts";
import type { Injection } from "../faults/injection.ts";
import type { HookRegistry } from "../hooks/registry.ts";
import type { Served } from "../knowledge/served.ts";
import { createState } from "../state/create-state.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiServerHeartOptions } from "./heart.ts";
import type { RequestLog } from "./request-log.ts";
import { createServe } from "./serve.ts";

/** From one beginning of a server to the next. */
export interface Life {
  readonly state: ServerState;
  readonly serve: Serve;
  /** Ends its controllers and watches. */
  end(): void;
}

/** What a life is made of. */
export interface LifeParts {
  readonly options: ApiServerHeartOptions;
  readonly served: Served;
  readonly clock: Clock;
  readonly hooks: HookRegistry;
  readonly log: RequestLog;
  readonly injection: Injection;
  /** The revision that it begins with, unless the storage has a later one. */
  readonly first?: number | undefined;
}

/** How one begins. */
export type BeginLife = (parts: LifeParts) => Life;

/** A life with the objects that every cluster has, and those that were stored. */
export const beginLife: BeginLife = ({ options, served, clock, hooks, log, injection, first }) => {
  const { storage, users, authorize, protobuf, certificateAuthority = "" } = options;
  const state = createState({ served, clock, access: createAccessRules(users, authorize), hooks, storage, first });
  const stops = [serviceAddresses(state), playedContainers(state)];
  bootstrap(state);
  const controllers: readonly Controller[] = [
    garbageCollector,
    namespaceController,
    namespaceContents(certificateAuthority),
  ];
  if (options.controllers !== false) stops.push(...controllers.map((controller) => controller(state)));
  return {
    state,
    serve: createServe(state, { log, injection, protobuf }),
    end() {
      for (const stop of stops.splice(0)) stop();
      state.end();
    },
  };
};
