import { unlessAborted } from "../time/unless-aborted.ts";
import { optionsOf, queryOf } from "../request/query.ts";
import { signalRules } from "../request/rules/rule.ts";
import type { CallOptions } from "../types/options.ts";
import type { ApiGroup, ApiResource } from "./api-resource.ts";

/** What the server serves. Read once and kept until `refresh()`; a failed read is not kept. */
export interface Discovery {
  /** Every group with every version, in the server's order of preference. */
  groups(options?: Pick<CallOptions, "signal">): Promise<readonly ApiGroup[]>;
  /** What `kubectl api-resources` shows: each resource once, in the preferred version of its group or else the first that has it. */
  resources(options?: Pick<CallOptions, "signal">): Promise<readonly ApiResource[]>;
  /** Forgets what is known: the next question asks the server, as after a CustomResourceDefinition was added. */
  refresh(): void;
}

/** What one read of discovery found, as {@link Discovery} tells it. */
export interface Served {
  readonly groups: readonly ApiGroup[];
  readonly resources: readonly ApiResource[];
}

/** Discovery over what reads it. All who ask at once share one read, which no single caller's signal ends. */
export function createDiscovery(read: () => Promise<Served>): Discovery {
  let known: Promise<Served> | undefined;

  const served = async (given: Pick<CallOptions, "signal"> | undefined): Promise<Served> => {
    const options = optionsOf(given);
    queryOf(signalRules, options);
    if (known === undefined) {
      const reading = read();
      known = reading;
      reading.catch(() => {
        if (known === reading) known = undefined;
      });
    }
    return unlessAborted(known, options.signal);
  };

  return {
    groups: async (options) => (await served(options)).groups,
    resources: async (options) => (await served(options)).resources,
    refresh: () => {
      known = undefined;
    },
  };
}
