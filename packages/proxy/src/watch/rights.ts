import { type Clock, type Cluster, isStatusError } from "@kubewright/core";
import type { Identity } from "../guard/identity.ts";
import { Refusal } from "../request/refusal.ts";
import type { WatchSubscription } from "./watch-subscription.ts";

/** What of a subscription counts for the right to it. */
export type Reviewed = Pick<WatchSubscription, "target" | "labelSelector" | "fieldSelector">;

/** Who may watch what, as the API server says. */
export interface Rights {
  /**
   * Resolves when this identity may list and watch the collection, with what lets go of the right. While it is held it is asked for again
   * every minute; `lost` is called when it is there no more. @throws Refusal 403
   */
  hold(identity: Identity, reviewed: Reviewed, lost: (refusal: Refusal) => void): Promise<() => void>;
  /** Asks no more. */
  close(): void;
}

/** How long, in milliseconds, an answer of the API server counts. */
const keptMs = 60_000;

interface Right {
  readonly granted: Promise<void>;
  readonly holders: Set<(refusal: Refusal) => void>;
  /** Calls off what comes next. */
  stop: () => void;
}

/** Rights by access reviews, each made as the identity that it is about. Who acts by the cluster's own credentials needs none. */
export function createRights(cluster: Pick<Cluster, "request">, clock: Clock): Rights {
  const rights = new Map<string, Right>();

  function grant(key: string, identity: Identity, reviewed: Reviewed): Right {
    const right: Right = { granted: review(cluster, identity, reviewed), holders: new Set(), stop() {} };
    rights.set(key, right);
    const forget = (): void => void (rights.get(key) === right && rights.delete(key));
    const again = (): void => {
      if (rights.get(key) !== right) return;
      right.stop = clock.after(keptMs, () => {
        if (right.holders.size === 0) forget();
        else void review(cluster, identity, reviewed).then(again, failed);
      });
    };
    const failed = (error: unknown): void => {
      // Who cannot be asked has not said no; and as long as nobody can be asked, nothing new comes either.
      if (!(error instanceof Refusal)) return again();
      forget();
      for (const lost of right.holders) lost(error);
    };
    right.granted.then(again, forget);
    return right;
  }

  return {
    async hold(identity, reviewed, lost) {
      if (identity.call.token === undefined && identity.call.impersonate === undefined) return () => {};
      const { target, labelSelector, fieldSelector } = reviewed;
      const { group, resource, namespace } = target;
      const key = JSON.stringify([identity.key, group, resource, namespace, labelSelector, fieldSelector]);
      const right = rights.get(key) ?? grant(key, identity, reviewed);
      const holder = (refusal: Refusal): void => lost(refusal);
      right.holders.add(holder);
      const letGo = (): void => void right.holders.delete(holder);
      try {
        await right.granted;
      } catch (error) {
        letGo();
        throw error;
      }
      return letGo;
    },
    close() {
      for (const right of rights.values()) right.stop();
      rights.clear();
    },
  };
}

async function review(cluster: Pick<Cluster, "request">, { call }: Identity, reviewed: Reviewed): Promise<void> {
  await Promise.all(
    (["list", "watch"] as const).map(async (verb) => {
      if (!(await isAllowed(cluster, call, reviewOf(verb, reviewed))))
        throw new Refusal(403, forbidden(verb, reviewed));
    }),
  );
}

async function isAllowed(cluster: Pick<Cluster, "request">, call: Identity["call"], review: object): Promise<boolean> {
  try {
    const answer = await cluster.request({
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(review),
      ...call,
    });
    const { status } = (await answer.json()) as { readonly status?: { readonly allowed?: unknown } };
    return status?.allowed === true;
  } catch (error) {
    // A 401 is an answer where the credential is the identity's own; else it is the proxy's trouble.
    const isAnswer =
      isStatusError(error) && (error.statusCode === 403 || (error.statusCode === 401 && "token" in call));
    throw isAnswer ? new Refusal(error.statusCode, error.status.message ?? error.message, { cause: error }) : error;
  }
}

/** Selectors too: there are rights to what one node or one name has alone. */
function reviewOf(verb: string, { target, labelSelector, fieldSelector }: Reviewed): object {
  const { group, version, resource, namespace } = target;
  const name = fieldSelector?.split(",").flatMap((one) => /^metadata\.name==?([^=!]+)$/.exec(one)?.[1] ?? [])[0];
  return {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: {
      resourceAttributes: {
        verb,
        group,
        version,
        resource,
        namespace,
        name,
        labelSelector: labelSelector && { rawSelector: labelSelector },
        fieldSelector: fieldSelector && { rawSelector: fieldSelector },
      },
    },
  };
}

function forbidden(verb: string, { target: { group, resource, namespace } }: Reviewed): string {
  const what = group === "" ? resource : `${resource}.${group}`;
  return `you may not ${verb} ${what} ${namespace === undefined ? "in all namespaces" : `in the namespace "${namespace}"`}`;
}
