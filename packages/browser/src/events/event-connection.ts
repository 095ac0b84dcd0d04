import {
  type Clock,
  type Cluster,
  ConnectionError,
  isStatusError,
  isUnauthorized,
  nextTurn,
  type RawResponse,
} from "@kubewright/core";
import { streamHeader, type WatchChanges, watchPath, type WatchRequest } from "@kubewright/runtime/relay";
import type { Awareness } from "./awareness.ts";
import type { ConnectionState } from "./connection-state.ts";
import { readEvents } from "./event-stream.ts";
import { lingerMs, provenMs, silenceMs } from "./pauses.ts";
import { createReconnects } from "./reconnects.ts";
import { createSubscription, refusalOf, type Subscription } from "./subscription.ts";
import { NotServedError, type Watched, type Watches } from "./watches.ts";

/** How long a proxy may take to answer, in milliseconds. */
const answerMs = 20_000;

/** What a connection is made of. */
export interface EventConnectionParts {
  /** Sends a request to the proxy. */
  readonly request: Cluster["request"];
  readonly clock: Clock;
  readonly awareness: Awareness;
  /** Is told how the connection stands. */
  tell(state: ConnectionState["state"], error?: Error): void;
}

/** Watches over one stream. */
export interface EventConnection extends Watches {
  /**
   * Asks the proxy whether the stream is of whoever is signed in by now; false where it is not. One that cannot be asked for is as good as
   * lost, and made anew.
   */
  isOurs(): Promise<boolean>;
}

interface Asked {
  readonly watched: Watched;
  readonly subscription: Subscription;
}

/** The stream that runs, or is being opened. */
interface Live {
  readonly controller: AbortController;
  /** What was asked for on it. */
  readonly sent: Set<string>;
  /** Undefined until the proxy has answered. */
  name: string | undefined;
  openedAt: number;
  heardAt: number;
  /** Whether changes are on their way; the next ones wait. */
  changing: boolean;
  /** What the proxy may still tell, for it could not be told otherwise; goes along with the next changes. */
  unsaid: readonly string[];
}

/**
 * Follows any number of collections on one stream of Server-Sent Events, which is there while there is one to follow. When it is lost,
 * each of them breaks off; whoever goes on with the versions it has finds a new one.
 */
export function createEventConnection({ request, clock, awareness, tell }: EventConnectionParts): EventConnection {
  const asked = new Map<string, Asked>();
  let live: Live | undefined;
  let count = 0;
  let flushing = false;
  let served = true;
  let closed = false;
  /** What went wrong, until it is connected again. */
  let problem: Error | undefined;
  let stopListening: (() => void) | undefined;
  let stopLingering: (() => void) | undefined;
  const reconnects = createReconnects({
    clock,
    awareness,
    tell,
    doubted: (silentMs) => drop(silentMs),
    needed: () => asked.size > 0,
  });

  /** What changed in one turn of the loop goes out in one request. */
  function flushSoon(): void {
    if (flushing) return;
    flushing = true;
    void nextTurn().then(() => {
      flushing = false;
      flush();
    });
  }

  function flush(): void {
    if (closed) return;
    if (live === undefined) {
      if (asked.size > 0) void open();
      return;
    }
    if (live.name === undefined || live.changing) return;
    const { sent } = live;
    const add = [...asked].filter(([id]) => !sent.has(id));
    const remove = [...sent].filter((id) => !asked.has(id));
    if (add.length > 0 || remove.length > 0) void change(live, add, remove);
    else if (asked.size === 0) {
      stopLingering?.();
      stopLingering = clock.after(lingerMs, letGo);
    }
  }

  function letGo(): void {
    if (asked.size > 0 || live === undefined) return;
    abandon();
    tell("idle");
  }

  function abandon(): Live | undefined {
    const left = live;
    live = undefined;
    stopListening?.();
    stopLingering?.();
    left?.controller.abort();
    return left;
  }

  async function open(): Promise<void> {
    const now = clock.now();
    const mine: Live = {
      controller: new AbortController(),
      sent: new Set(asked.keys()),
      name: undefined,
      openedAt: now,
      heardAt: now,
      changing: false,
      unsaid: [],
    };
    live = mine;
    reconnects.trying();
    tell("connecting", problem);
    try {
      const requests = [...asked].map(wireRequest);
      const response = await post(watchPath, requests, mine.controller.signal, true);
      const name = response.headers.get(streamHeader);
      if (name === undefined) {
        response.discard();
        const type = response.headers.get("content-type") ?? "nothing that says its type";
        throw new ConnectionError(`NoStream: the proxy answered with ${type} instead of events; check baseUrl`);
      }
      mine.name = name;
      mine.openedAt = mine.heardAt = clock.now();
      if (live === mine) {
        problem = undefined;
        tell("connected");
        for (const id of mine.sent) asked.get(id)?.subscription.accepted();
        listen(mine);
        flush();
      }
      await read(mine, response);
      throw new ConnectionError("Disconnected: the proxy ended the stream");
    } catch (error) {
      if (live === mine) lose(error);
    }
  }

  async function read(mine: Live, response: RawResponse): Promise<void> {
    for await (const events of readEvents(response.body)) {
      mine.heardAt = clock.now();
      for (const { subscription, event } of events) {
        asked.get(subscription)?.subscription.push(event);
        if (event.type !== "error") continue;
        mine.sent.delete(subscription);
        // Who is not known to one is known to none of them.
        const refused = refusalOf(event);
        if (isUnauthorized(refused)) throw refused;
      }
    }
  }

  /** A connection that is silent for too long is lost. */
  function listen(mine: Live): void {
    stopListening = clock.after(mine.heardAt + silenceMs - clock.now(), () => {
      if (clock.now() - mine.heardAt < silenceMs) listen(mine);
      else drop(silenceMs);
    });
  }

  function drop(silentMs: number): void {
    if (live?.name === undefined || clock.now() - live.heardAt < silentMs) return;
    lose(new ConnectionError(`Silent: nothing came from the proxy for ${Math.round(silentMs / 1000)} s`));
  }

  async function change(
    mine: Live,
    add: readonly (readonly [string, Asked])[],
    remove: readonly string[],
  ): Promise<void> {
    mine.changing = true;
    for (const [id] of add) mine.sent.add(id);
    for (const id of remove) mine.sent.delete(id);
    const changes: WatchChanges = { add: add.map(wireRequest), remove: [...mine.unsaid, ...remove] };
    mine.unsaid = [];
    try {
      (await post(`${watchPath}/${mine.name}`, changes, mine.controller.signal, false)).discard();
      for (const [, { subscription }] of add) subscription.accepted();
    } catch (error) {
      if (live !== mine) return;
      // The stream itself is not there any more, or not ours.
      if (isStatusError(error) && (error.statusCode === 404 || isUnauthorized(error))) {
        lose(
          isUnauthorized(error)
            ? error
            : new ConnectionError("Disconnected: the proxy no longer has the stream", { cause: error }),
        );
        return;
      }
      mine.unsaid = changes.remove ?? [];
      // Whether the proxy took these, nobody knows.
      if (!isStatusError(error)) mine.unsaid = [...mine.unsaid, ...add.map(([id]) => id)];
      for (const [id, { subscription }] of add) {
        mine.sent.delete(id);
        subscription.fail(error);
      }
    } finally {
      mine.changing = false;
      if (live === mine) flush();
    }
  }

  /** `body` is sent as JSON. */
  function post(path: string, body: unknown, signal: AbortSignal, streaming: boolean): Promise<RawResponse> {
    const headers = {
      accept: streaming ? "text/event-stream" : "application/json",
      "content-type": "application/json",
    };
    return request({
      method: "POST",
      path,
      headers,
      body: JSON.stringify(body),
      signal,
      timeoutMs: answerMs,
      streaming,
    });
  }

  function lose(error: unknown): void {
    const lost = abandon();
    const broken = [...asked.values()];
    asked.clear();
    if (lost?.name === undefined && isNotServed(error)) {
      served = false;
      // Each watch has a connection of its own, and its own health.
      tell("connected");
      for (const { subscription } of broken)
        subscription.fail(new NotServedError("the server takes no subscriptions", { cause: error }));
      return;
    }
    const why = error instanceof Error ? error : new Error("the connection failed", { cause: error });
    problem = why;
    const proven = lost?.name !== undefined && clock.now() - lost.openedAt >= provenMs;
    reconnects.wait(why, proven);
    for (const { subscription } of broken) subscription.fail(why);
  }

  return {
    async watch(watched, signal) {
      signal?.throwIfAborted();
      if (closed) throw closedError();
      if (!served) throw new NotServedError("the server takes no subscriptions");
      if (reconnects.error !== undefined) throw reconnects.error;
      const id = (++count).toString(36);
      const subscription = createSubscription({
        clock,
        signal,
        over() {
          if (asked.delete(id)) flushSoon();
        },
      });
      asked.set(id, { watched, subscription });
      flushSoon();
      return subscription.opened;
    },
    onReachable: reconnects.onReachable,
    succeeded: reconnects.succeeded,
    retry: reconnects.retry,
    async isOurs() {
      const mine = live;
      // What is being made is made as whoever is signed in.
      if (mine?.name === undefined) return true;
      try {
        (await post(`${watchPath}/${mine.name}`, {}, mine.controller.signal, false)).discard();
        return true;
      } catch (error) {
        if (live !== mine) return true;
        lose(error);
        return !isStatusError(error) || error.statusCode !== 404;
      }
    },
    close() {
      if (closed) return;
      closed = true;
      reconnects.close();
      abandon();
      for (const { subscription } of [...asked.values()]) subscription.fail(closedError());
      tell("closed");
    },
  };
}

function wireRequest([id, { watched }]: readonly [string, Asked]): WatchRequest {
  return { id, ...watched };
}

function closedError(): ConnectionError {
  return new ConnectionError("Closed: the connection to the cluster was closed", { sent: "no" });
}

/** `kubectl proxy` hands the request on to the API server, which has no such path; who may not post to it is told that. */
function isNotServed(error: unknown): boolean {
  if (!isStatusError(error)) return false;
  const { statusCode, message } = error;
  return statusCode === 404 || statusCode === 405 || (statusCode === 403 && message.includes(`path "${watchPath}"`));
}
