import type { Identity } from "../guard/identity.ts";
import type { Limits } from "../guard/limits.ts";
import type { WatchSubscription } from "./watch-subscription.ts";

/** Bounds how fast pages make the API server begin watches. Joining one that runs costs it nothing, however many do. */
export interface WatchRate {
  /**
   * Counts a subscription in; gives what counts it out. The first of its kind of an identity is a request like any other.
   *
   * @throws Refusal 429 when too many came of late
   */
  enter(identity: Identity, subscription: WatchSubscription): () => void;
}

/** Without any. */
export function createWatchRate(limits: Pick<Limits, "inAll" | "of">): WatchRate {
  const running = new Map<string, number>();
  return {
    enter(identity, { target, labelSelector, fieldSelector, metadataOnly }) {
      const { group, version, resource, namespace } = target;
      const collection = [group, version, resource, namespace, labelSelector, fieldSelector, metadataOnly];
      const key = JSON.stringify([identity.key, ...collection]);
      const before = running.get(key) ?? 0;
      if (before === 0) for (const share of [limits.inAll, limits.of(identity.key)]) share.begin();
      running.set(key, before + 1);
      return () => {
        const left = running.get(key)! - 1;
        if (left === 0) running.delete(key);
        else running.set(key, left);
      };
    },
  };
}
