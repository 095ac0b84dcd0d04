import type { Clock } from "@kubewright/core";
import { createConnectionStore } from "../events/connection-state.ts";
import type { Port } from "../ports/port.ts";
import { proxyTransport, proxyWatches, watchedCluster } from "./connection.ts";
import { failureOf, type PageNews, type ToHub, type ToTab } from "./messages.ts";
import { createTabsAwareness } from "./tabs-awareness.ts";
import { serveWatch, type ServedWatch } from "./served-watch.ts";

/** A tab that said nothing for so long is asleep or gone; a page in the background may say something once a minute only. */
const asleepMs = 180_000;
const checkMs = 30_000;

/** What holds one connection to a proxy, for any number of tabs. */
export interface Hub {
  /** A tab takes part. Gives what takes its messages, and what ends that. */
  join(port: Port, news: PageNews): HubTab;
  /** Ends every watch, and the connection. */
  close(): void;
}

/** A tab, as its hub sees it. */
export interface HubTab {
  take(message: ToHub): void;
  leave(): void;
}

/** What a hub is made of. */
export interface HubParts {
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Undefined: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Somebody else is signed in than when the stream was opened: what the hub holds is not for those who come. */
  foreign(): void;
}

interface Member extends HubTab {
  say(message: ToTab): void;
  heardAt: number;
}

/** Makes a hub, which asks for nothing until a tab does. */
export function createHub({ baseUrl, clock, fetch, foreign }: HubParts): Hub {
  const members = new Set<Member>();
  const everyone = (message: ToTab): void => {
    for (const member of members) member.say(message);
  };
  const tabs = createTabsAwareness();
  const connection = createConnectionStore(() => clock.wallNow());
  const parts = {
    baseUrl,
    clock,
    fetch,
    awareness: tabs,
    tell: connection.set,
    onWarning: (text: string) => everyone({ type: "warning", text }),
  };
  const transport = proxyTransport(parts);
  const watches = proxyWatches(transport, parts);
  const cluster = watchedCluster(transport, watches, parts);
  connection.subscribe(() => everyone(stateMessage()));
  watches.onReachable(() => everyone({ type: "reachable" }));
  let stopChecking: (() => void) | undefined;

  function stateMessage(): ToTab {
    const { state, since, error } = connection.getSnapshot();
    return { type: "connection", state, since: since.getTime(), failure: error && failureOf(error) };
  }

  function check(): void {
    stopChecking = undefined;
    for (const member of members) {
      if (clock.now() - member.heardAt < asleepMs) continue;
      member.say({ type: "unknown" });
      member.leave();
    }
    if (members.size > 0) stopChecking = clock.after(checkMs, check);
  }

  return {
    join(port, news) {
      const watched = new Map<number, ServedWatch>();
      /** What it asks for while nobody knows whether it may see what is there already. */
      let waiting: ToHub[] | undefined = [];
      const act = (message: ToHub): void => {
        switch (message.type) {
          case "watch":
            watched.set(
              message.id,
              serveWatch({ cluster, connection, message, say: member.say, over: (id) => watched.delete(id) }),
            );
            break;
          case "taken":
            watched.get(message.id)?.taken(message.count);
            break;
          case "leave":
            watched.get(message.id)?.end();
            break;
          case "news":
            tabs.set(member, message);
            break;
          case "succeeded":
            watches.succeeded();
            break;
          case "retry":
            watches.retry();
            break;
          case "ping":
            member.say({ type: "pong" });
        }
      };
      const member: Member = {
        heardAt: clock.now(),
        say: (message) => port.post(message),
        take(message) {
          // It was asleep for long, and has yet to hear that it was forgotten.
          if (!members.has(member)) return;
          member.heardAt = clock.now();
          if (waiting === undefined || message.type === "ping") act(message);
          else waiting.push(message);
        },
        leave() {
          if (!members.delete(member)) return;
          for (const one of watched.values()) one.end();
          tabs.set(member, undefined);
        },
      };
      members.add(member);
      tabs.set(member, news);
      member.say({ type: "welcome" });
      member.say(stateMessage());
      stopChecking ??= clock.after(checkMs, check);
      void watches.isOurs().then((ours) => {
        if (!ours) return foreign();
        const said = waiting ?? [];
        waiting = undefined;
        for (const message of said) member.take(message);
      });
      return member;
    },
    close() {
      everyone({ type: "ended" });
      for (const member of members) member.leave();
      stopChecking?.();
      void cluster.close();
    },
  };
}
