import { type Clock, ConnectionError } from "@kubewright/core";
import type { Awareness } from "../events/awareness.ts";
import type { ConnectionState } from "../events/connection-state.ts";
import { createSubscription, type Subscription } from "../events/subscription.ts";
import type { Watches } from "../events/watches.ts";
import { errorOf, type HubKey, type PageNews, type ToServer, type ToTab } from "./messages.ts";
import type { Way } from "./ways.ts";

/** How long a hub may take for its first answer; its code may have to be loaded. */
const welcomeMs = 10_000;
/** After how long another is put in the place of one that does not answer; up to twice as long by chance, so that one tab does it. */
const replaceMs = 3000;
/** The same where the one before fell silent, for it may be that very one. */
const doubtMs = 500;
/** How often a hub is asked whether it is there; one that twice does not answer is not. */
const pingMs = 3000;

/** What a tab's side of a hub is made of. */
export interface HubClientParts {
  readonly way: Way;
  readonly key: HubKey;
  readonly clock: Clock;
  readonly awareness: Awareness;
  /** Whether the hub that the tab had before fell silent. */
  readonly doubtful: boolean;
  tell(state: ConnectionState["state"], error: Error | undefined, since: Date): void;
  onWarning(text: string): void;
  reachable(): void;
  /** Called once: the hub is gone after so long, and every watch has broken off. `silent`: it said nothing of it. */
  lost(why: ConnectionError, livedMs: number, silent: boolean): void;
}

/** A tab's side of a hub. */
export interface HubClient extends Pick<Watches, "watch" | "succeeded" | "retry"> {
  /** Resolves when the hub has answered. Rejects when there is none. */
  readonly welcomed: Promise<void>;
  /** The tab takes no more part; its watches end with the error. */
  leave(error: ConnectionError): void;
}

/** Says hello. @throws where the platform refuses the way */
export function createHubClient(parts: HubClientParts): HubClient {
  const { way, key, clock, awareness, doubtful, tell, onWarning, reachable, lost } = parts;
  const subscriptions = new Map<number, Subscription>();
  let count = 0;
  let over = false;
  let welcomedAt: number | undefined;
  let missed = 0;
  let signedOut = false;
  let welcome: () => void;
  let refuse: (error: unknown) => void;
  const welcomed = new Promise<void>((resolve, reject) => {
    welcome = resolve;
    refuse = reject;
  });
  // Whoever lost it is told by `lost` too.
  welcomed.catch(() => undefined);
  const port = way.open({
    failed: (problem) => lose(new ConnectionError(problem)),
    changed() {
      if (welcomedAt !== undefined)
        lose(new ConnectionError("Moved: another tab holds the connection for all tabs now"));
      else if (!over) hello();
    },
  });
  const say = (message: ToServer): void => port.post(message);
  const news = (): PageNews => ({ online: awareness.online, visible: awareness.visible });

  function take(message: ToTab): void {
    if (over) return;
    missed = 0;
    switch (message.type) {
      case "welcome":
        if (welcomedAt !== undefined) break;
        welcomedAt = clock.now();
        cancel();
        cancel = clock.after(pingMs, ping);
        welcome();
        break;
      case "unknown":
        lose(new ConnectionError("Forgotten: the tab was asleep for so long that its watches were ended"));
        break;
      case "ended":
        lose(new ConnectionError("Moved: whoever held the connection for all tabs has left"));
        break;
      case "accepted":
        subscriptions.get(message.id)?.accepted();
        break;
      case "events":
        for (const event of message.events) subscriptions.get(message.id)?.push(event);
        break;
      case "failed":
        subscriptions.get(message.id)?.fail(errorOf(message.failure));
        break;
      case "connection":
        signedOut = message.state === "signedOut";
        tell(message.state, message.failure && errorOf(message.failure), new Date(message.since));
        break;
      case "reachable":
        reachable();
        break;
      case "warning":
        onWarning(message.text);
        break;
      case "pong":
    }
  }

  function ping(): void {
    if (missed >= 2)
      return lose(new ConnectionError("Silent: whoever holds the connection for all tabs does not answer"), true);
    missed += 1;
    say({ type: "ping" });
    cancel = clock.after(pingMs, ping);
  }

  function end(error: ConnectionError): void {
    if (over) return;
    over = true;
    cancel();
    stopAwareness();
    for (const subscription of [...subscriptions.values()]) subscription.fail(error);
    refuse(error);
    port.close();
  }

  function lose(error: ConnectionError, silent = false): void {
    if (over) return;
    end(error);
    if (welcomedAt !== undefined) lost(error, clock.now() - welcomedAt, silent);
  }

  function hello(): void {
    say({ type: "hello", ...key, ...news() });
  }

  function replace(): void {
    port.replace?.();
    cancel = clock.after(welcomeMs - replaceMs, () => lose(new ConnectionError("Silent: it did not answer")));
  }

  let cancel = clock.after((doubtful ? doubtMs : replaceMs) * (1 + clock.random()), replace);
  const stopAwareness = awareness.onChange(() => say({ type: "news", ...news() }));
  port.listen((message) => take(message as ToTab));
  hello();

  return {
    welcomed,
    watch(watched, signal) {
      const id = ++count;
      const subscription = createSubscription({
        clock,
        signal,
        over() {
          if (subscriptions.delete(id) && !over) say({ type: "leave", id });
        },
        taken: (events) => {
          if (!over) say({ type: "taken", id, count: events });
        },
      });
      subscriptions.set(id, subscription);
      say({ type: "watch", id, watched });
      return subscription.opened;
    },
    succeeded() {
      if (signedOut && !over) say({ type: "succeeded" });
    },
    retry() {
      if (!over) say({ type: "retry" });
    },
    leave(error) {
      if (!over) say({ type: "bye" });
      end(error);
    },
  };
}
