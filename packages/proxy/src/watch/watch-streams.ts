import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Identity } from "../guard/identity.ts";
import { Refusal } from "../request/refusal.ts";
import { createFindCollection } from "./collections.ts";
import { createEventStream } from "./event-stream.ts";
import { createKeptWatches } from "./kept-watches.ts";
import { createRights } from "./rights.ts";
import { createSubscriptions, type Subscriptions } from "./subscriptions.ts";
import type { Caller, WatchParts } from "./watch-parts.ts";
import { createWatchRate } from "./watch-rate.ts";
import { readChanges, readSubscriptions } from "./watch-subscription.ts";

/** Streams of events, each with any number of watches that all pages of one identity share. */
export interface WatchStreams {
  /** Answers with a stream; resolves when that has ended. @throws Refusal */
  open(caller: Caller, body: Uint8Array | undefined, response: ServerResponse): Promise<void>;
  /** Adds and removes watches of a stream. @throws Refusal, 404 for a stream that is not there, or not this identity's */
  change(identity: Identity, stream: string, body: Uint8Array | undefined): void;
  /** Ends all streams. */
  close(): void;
}

interface Running {
  readonly identity: Identity;
  readonly subscriptions: Subscriptions;
  end(): void;
}

/** Makes the shared watches of a proxy. */
export function createWatchStreams(parts: WatchParts): WatchStreams {
  const { cluster, clock, identities, headers, limits } = parts;
  const streams = new Map<string, Running>();
  const find = createFindCollection(cluster, clock);
  const rights = createRights(cluster, clock);
  const kept = createKeptWatches(clock);
  const rate = createWatchRate(limits);

  return {
    async open(caller, body, response) {
      const first = readSubscriptions(body);
      const name = randomBytes(16).toString("base64url");
      const events = createEventStream({ response, name, headers, clock, stallMs: limits.stallMs });
      const subscriptions = createSubscriptions({ ...parts, caller, events, find, rights, kept, rate });
      const running: Running = { identity: caller.identity, subscriptions, end: events.end };
      streams.set(name, running);
      // A page that still is somebody comes again.
      identities.keep(caller.request, caller.identity, events.ended, (refusal) => {
        void (refusal === undefined ? Promise.resolve() : subscriptions.refuse(refusal)).finally(events.end);
      });
      subscriptions.change(first, []);
      if (!events.ended.aborted)
        await new Promise((resolve) => events.ended.addEventListener("abort", resolve, { once: true }));
      streams.delete(name);
    },
    change(identity, name, body) {
      const stream = streams.get(name);
      // Whose it is, nobody else is told.
      if (stream === undefined || stream.identity.key !== identity.key)
        throw new Refusal(404, "there is no such stream; it may have ended, so open a new one");
      const { add, remove } = readChanges(body);
      stream.subscriptions.change(add, remove);
    },
    close() {
      for (const { end } of streams.values()) end();
      rights.close();
      kept.close();
    },
  };
}
