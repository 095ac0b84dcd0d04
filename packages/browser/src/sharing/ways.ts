import { ConnectionError } from "@kubewright/core";
import { type Channels, type PlatformChannel, serveChannel, tabChannel } from "../ports/channel.ts";
import { type Candidacy, type PlatformLocks, standFor } from "../ports/locks.ts";
import { messagePort, type PlatformPort, type Port } from "../ports/port.ts";
import { type HubKey, messagesVersion } from "./messages.ts";
import type { TabServer } from "./serve-tabs.ts";

/** A way to a hub. */
export interface Way {
  /** What it is, in words. */
  readonly name: string;
  /** Whether hubs come and go on it with the tabs, so that one that was soon lost says nothing against it. */
  readonly moves: boolean;
  /** @throws where the platform refuses */
  open(events: WayEvents): WayPort;
  /** The tab takes no part any more, until it opens again: it serves nobody, and another one does where it did. */
  leave(): void;
}

/** What a way tells. */
export interface WayEvents {
  /** There is no hub on this way. */
  failed(problem: string): void;
  /** Another hub than before is there, or the first. */
  changed(): void;
}

/** A port to a hub, whichever that is. */
export interface WayPort extends Port {
  /** Whoever should serve does not answer: puts another in its place. */
  replace?(): void;
}

/** A shared worker, as far as it is used. */
export interface PlatformWorker {
  readonly port: PlatformPort;
  addEventListener(type: "error", listener: (event: object) => void): void;
}

/** A worker that serves all tabs of the build that it belongs to. */
export function workerWay(create: () => PlatformWorker): Way {
  return {
    name: "a shared worker",
    moves: false,
    leave() {},
    open({ failed }) {
      const worker = create();
      worker.addEventListener("error", (event) => {
        const { message } = event as { readonly message?: unknown };
        failed(
          typeof message === "string" && message !== "" ? message : "its code could not be loaded, or may not run here",
        );
      });
      return messagePort(worker.port);
    },
  };
}

/** What tabs choose one of themselves with. */
export interface ElectionParts {
  readonly key: HubKey;
  /** Undefined where the browser gives none. */
  readonly locks: PlatformLocks | undefined;
  openChannel(name: string): PlatformChannel;
  /** Told apart from the other tabs by this. */
  readonly tab: string;
  /** Serves, if this is the tab. */
  serve(): TabServer;
}

/**
 * One of the tabs serves all of them: who has the lock. A tab stays in the queue for it when it loses its hub, so that there is a next one at
 * once.
 */
export function electedWay({ key, locks, openChannel, tab, serve }: ElectionParts): Way {
  const name = `kubewright ${messagesVersion} ${JSON.stringify([key.baseUrl, key.session])}`;
  const channels: Channels = { name, open: openChannel };
  let opened = 0;
  let served = 0;
  let candidacy: Candidacy | undefined;
  let failed: WayEvents["failed"] = () => {};

  function begin(): () => void {
    const server = serve();
    const stop = serveChannel(channels, `${tab}.${++served}`, (joining) => server.join(joining));
    return () => {
      server.close();
      stop();
    };
  }

  return {
    name: "one tab for all",
    moves: true,
    open(events) {
      if (locks === undefined) throw new ConnectionError("browsers give pages locks on https and on localhost only");
      ({ failed } = events);
      // A frozen hub may still send to the tab that this was.
      const port = tabChannel(channels, `${tab}.${++opened}`);
      port.onServing(events.changed);
      candidacy ??= standFor(locks, name, {
        begin,
        taken: () => void (candidacy = undefined),
        failed(error) {
          candidacy = undefined;
          failed(error instanceof Error ? error.message : "it may not use locks");
        },
      });
      return { ...port, replace: () => candidacy?.take() };
    },
    leave() {
      candidacy?.withdraw();
      candidacy = undefined;
    },
  };
}
