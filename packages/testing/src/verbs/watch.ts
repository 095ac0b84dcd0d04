import type { Clock } from "@kubewright/core";
import type { Outcome, WatchOutcome } from "./outcome.ts";
import { expired, type Refusal } from "../exchange/refusal.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { Call } from "../request/call.ts";
import { type ListParameters, readListParameters } from "../request/list-options.ts";
import { readVersion } from "../request/resource-version.ts";
import { type Selection, selectionOf } from "../selectors/selection.ts";
import type { ServerState } from "../state/server-state.ts";
import type { Change, Collection } from "../store/collection.ts";
import { prefixOf } from "../store/key.ts";
import { bookmark } from "./bookmark.ts";
import { EventQueue } from "./event-queue.ts";
import { reached } from "./reached.ts";

/** How often a watch that asked for them gets bookmarks, in milliseconds. */
const bookmarkMs = 60_000;
/** How long before its end it gets one, likewise. */
const lastBookmarkMs = 2000;
/** The least time that a watch lives which says none, in seconds; up to twice as long (--min-request-timeout). */
const leastSeconds = 1800;

/** What happens in a collection. */
export async function watch(call: Call, state: ServerState): Promise<Outcome> {
  const parameters = readListParameters(call.query, true);
  const selection = selectionOf(parameters, call.resource, call.name);
  const collection = state.collection(call.resource);
  const version = readVersion(parameters.resourceVersion);
  if (parameters.sendInitialEvents === true) {
    try {
      await reached(version, state);
    } catch (error) {
      return failing(error as Refusal, state);
    }
  }
  const withState = parameters.sendInitialEvents ?? version === undefined;
  if (!withState && version !== undefined && version < collection.compacted)
    return failing(expired(`too old resource version: ${version} (${collection.compacted})`), state);
  return { kind: "watch", events: follow(call, state, { parameters, selection, collection, version, withState }) };
}

interface Following {
  readonly parameters: ListParameters;
  readonly selection: Selection;
  readonly collection: Collection;
  readonly version: number | undefined;
  /** Whether it begins with what exists. */
  readonly withState: boolean;
}

function follow(call: Call, state: ServerState, following: Following): EventQueue {
  const { parameters, selection, collection, version, withState } = following;
  const { clock, revisions } = state;
  const prefix = prefixOf(call.namespace);
  const ends: (() => void)[] = [];
  const queue = new EventQueue(clock, () => {
    for (const end of ends.splice(0)) end();
  });
  const tell = (change: Change): void => {
    const event = change.key.startsWith(prefix) ? eventOf(change, selection) : undefined;
    if (event !== undefined) queue.push(event);
  };
  if (withState) {
    const { objects } = collection.page({ prefix, limit: 0, matches: selection.matches });
    for (const object of objects) queue.push({ type: "ADDED", object });
    if (parameters.allowWatchBookmarks) queue.push(bookmark(call.resource, revisions.current, true));
  } else for (const change of collection.changesAfter(version ?? revisions.current)) tell(change);
  ends.push(collection.watch(tell));
  const lastsMs = 1000 * (parameters.timeoutSeconds || leastSeconds * (1 + clock.random()));
  if (parameters.allowWatchBookmarks)
    ends.push(sendBookmarks(clock, lastsMs, () => queue.push(bookmark(call.resource, revisions.current, false))));
  ends.push(clock.after(lastsMs, () => queue.end()));
  const end = (): void => queue.end();
  for (const signal of [call.request.signal, state.ended]) {
    signal.addEventListener("abort", end, { once: true });
    ends.push(() => signal.removeEventListener("abort", end));
  }
  return queue;
}

/** Sends a bookmark every minute and once more shortly before the watch ends; gives what ends that. */
function sendBookmarks(clock: Clock, lastsMs: number, send: () => void): () => void {
  const last = clock.now() + lastsMs - lastBookmarkMs;
  let stop: () => void = () => undefined;
  const next = (): void => {
    const toLast = last - clock.now();
    stop = clock.after(toLast > 0 && toLast < bookmarkMs ? toLast : bookmarkMs, () => {
      send();
      next();
    });
  };
  next();
  return () => stop();
}

/** To a watcher with a selector, what begins to match is added and what ends to match is deleted. */
function eventOf({ before, after, last }: Change, { matches }: Selection): WatchOutcome | undefined {
  const was = before !== undefined && matches(before);
  const is = after !== undefined && matches(after);
  if (is) return { type: was ? "MODIFIED" : "ADDED", object: after };
  if (!was) return undefined;
  // What left the selector is shown as it was, at the version at which it left.
  return { type: "DELETED", object: after === undefined ? last : withVersion(before, last) };
}

function withVersion(object: ApiObject, { metadata: { resourceVersion } }: ApiObject): ApiObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}

/** Once it has begun, the server can only say so by an event. */
function failing({ status }: Refusal, { clock }: ServerState): Outcome {
  const queue = new EventQueue(clock, () => undefined);
  queue.push({ type: "ERROR", object: status });
  queue.end();
  return { kind: "watch", events: queue };
}
