import { isStatusError, StatusError } from "@kubewright/core";
import { relay, type RelayEvent } from "@kubewright/runtime/relay";
import { Refusal, type Status, statusOf } from "../request/refusal.ts";
import type { FindCollection } from "./collections.ts";
import type { EventStream } from "./event-stream.ts";
import type { KeptWatches } from "./kept-watches.ts";
import type { Rights } from "./rights.ts";
import type { Caller, WatchParts } from "./watch-parts.ts";
import type { WatchRate } from "./watch-rate.ts";
import { checkTarget, type WatchSubscription } from "./watch-subscription.ts";

/** What the watches of one stream are made of. */
export interface SubscriptionsParts extends Pick<WatchParts, "rules" | "limits" | "failureOf" | "refused"> {
  readonly caller: Caller;
  readonly events: EventStream;
  readonly find: FindCollection;
  readonly rights: Rights;
  readonly kept: KeptWatches;
  readonly rate: WatchRate;
}

/** The watches of one stream, which all end with it. */
export interface Subscriptions {
  /** Ends some, and begins others. @throws Refusal 400 for an id that is in use */
  change(add: readonly WatchSubscription[], remove: readonly string[]): void;
  /** Ends all; resolves when the page was told why. */
  refuse(refusal: Refusal): Promise<void>;
}

/** Begins without any. */
export function createSubscriptions(parts: SubscriptionsParts): Subscriptions {
  const { caller, events, find, rights, kept, rate, rules, limits } = parts;
  const { identity, request } = caller;
  const running = new Map<string, AbortController>();

  async function follow(subscription: WatchSubscription, ending: AbortController): Promise<void> {
    const { id, target, labelSelector, fieldSelector, resourceVersion, metadataOnly } = subscription;
    const { signal } = ending;
    const leave: (() => void)[] = [];
    // At once, so that one may take its place in the same request.
    const leaveAll = (): void => leave.splice(0).forEach((one) => one());
    signal.addEventListener("abort", leaveAll);
    try {
      checkTarget(rules, target);
      for (const share of [limits.inAll, limits.of(identity.key)]) leave.push(share.enter("subscriptions"));
      leave.push(rate.enter(identity, subscription));
      leave.push(await rights.hold(identity, subscription, (refusal) => ending.abort(refusal)));
      const collection = await find(target, metadataOnly);
      const held = kept.hold(identity, [target, labelSelector, fieldSelector, metadataOnly]);
      leave.push(held.letGo);
      const chosen = { labelSelector, fieldSelector, resourceVersion, keep: held.keep };
      for await (const event of relay(collection, { ...chosen, ...identity.call, signal })) {
        const status = event.type === "error" ? statusOfEvent(event) : undefined;
        // Who asks again is to hear what the API server says then.
        if (status !== undefined && status.code !== 410) held.drop();
        await events.write(id, status?.code === 401 ? asPageSees(status) : event, signal);
      }
    } catch (error) {
      if (running.get(id) === ending) await tellEnd(id, error);
    } finally {
      if (running.get(id) === ending) running.delete(id);
      leaveAll();
    }
  }

  /** What ends a watch, in the words of whoever refused it. */
  async function tellEnd(id: string, error: unknown): Promise<void> {
    await events.write(id, errorEvent(statusFor(error)));
  }

  function statusFor(error: unknown): Status {
    // A 401 is the page's where the credential is; else signing in anew would not help.
    if (isStatusError(error) && (error.statusCode !== 401 || identity.call.token !== undefined)) return error.status;
    const refusal = error instanceof Refusal ? error : parts.failureOf(error);
    parts.refused(request, refusal);
    return statusOf(refusal);
  }

  function asPageSees(unauthorized: Status): RelayEvent {
    return errorEvent(statusFor(new StatusError(unauthorized, 401)));
  }

  function remove(id: string): void {
    const ending = running.get(id);
    running.delete(id);
    ending?.abort();
  }

  events.ended.addEventListener("abort", () => {
    for (const id of running.keys()) remove(id);
  });
  return {
    change(add, removed) {
      const gone = new Set(removed);
      const taken = add.find(({ id }) => running.has(id) && !gone.has(id));
      if (taken !== undefined)
        throw new Refusal(400, `add: the stream has a watch of the id "${taken.id}" already; choose another`);
      for (const id of removed) remove(id);
      for (const one of add) {
        const ending = new AbortController();
        running.set(one.id, ending);
        void follow(one, ending);
      }
    },
    async refuse(refusal) {
      const ids = [...running.keys()];
      for (const id of ids) remove(id);
      await Promise.all(ids.map((id) => tellEnd(id, refusal)));
    },
  };
}

function statusOfEvent({ data }: RelayEvent): Status {
  return JSON.parse(Buffer.from(data).toString()) as Status;
}

function errorEvent(status: Status): RelayEvent {
  return { type: "error", resourceVersion: "", data: Buffer.from(JSON.stringify(status)) };
}
