import type { CallContext } from "../client/call.ts";
import { unlessAborted } from "../client/unless-aborted.ts";
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

/** Discovery over a connection. All who ask at once share one read, which no single caller's signal ends. */
export function createDiscovery(context: CallContext): Discovery {
  let known: Promise<readonly ApiGroup[]> | undefined;

  const groups: Discovery["groups"] = ({ signal } = {}) => {
    if (known === undefined) {
      const reading = import("./read-groups.ts").then(({ readGroups }) => readGroups(context));
      known = reading;
      reading.catch(() => {
        if (known === reading) known = undefined;
      });
    }
    return unlessAborted(known, signal);
  };

  return {
    groups,
    resources: async (options) => (await groups(options)).flatMap(({ versions }) => preferred(versions)),
    refresh: () => {
      known = undefined;
    },
  };
}

function preferred(versions: ApiGroup["versions"]): readonly ApiResource[] {
  const byPlural = new Map<string, ApiResource>();
  for (const { resources } of versions) {
    for (const resource of resources) {
      if (!byPlural.has(resource.plural)) byPlural.set(resource.plural, resource);
    }
  }
  return [...byPlural.values()];
}
