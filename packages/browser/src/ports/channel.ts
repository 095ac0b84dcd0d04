import type { Port } from "./port.ts";

/** A channel of the platform that reaches every tab, as far as it is used. */
export interface PlatformChannel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

/** Channels of one name and those below it: every tab hears the first; each of the others is between one tab and who serves it. */
export interface Channels {
  readonly name: string;
  open(name: string): PlatformChannel;
}

/** What every tab hears. */
type Letter =
  /** A tab speaks that has not been answered yet. */
  | { readonly from: string; readonly message: unknown }
  /** One serves from now on; its name. */
  | { readonly serving: string };

/** The tab's end: talks to whoever serves. */
export interface TabChannel extends Port {
  /** Calls `listener` when another tab begins to serve. */
  onServing(listener: () => void): void;
}

/** The end of a tab, whose name is `tab`. */
export function tabChannel(channels: Channels, tab: string): TabChannel {
  const shared = channels.open(channels.name);
  const own = channels.open(`${channels.name} ${tab}`);
  let served: string | undefined;
  let answered = false;
  let newcomer: () => void = () => {};
  let take: (message: unknown) => void = () => {};
  shared.addEventListener("message", ({ data }) => {
    const letter = data as Letter;
    if (!("serving" in letter) || letter.serving === served) return;
    served = letter.serving;
    newcomer();
  });
  own.addEventListener("message", ({ data }) => {
    answered = true;
    take(data);
  });
  return {
    post(message) {
      if (answered) own.postMessage(message);
      else shared.postMessage({ from: tab, message } satisfies Letter);
    },
    listen: (listener) => void (take = listener),
    onServing: (listener) => void (newcomer = listener),
    close() {
      shared.close();
      own.close();
    },
  };
}

/** A tab that is served. */
interface Served {
  readonly own: PlatformChannel;
  take: (message: unknown) => void;
}

/** Serves every tab: `join` gets a port for each, when it first says something. Gives what ends that. */
export function serveChannel(channels: Channels, name: string, join: (port: Port) => void): () => void {
  const shared = channels.open(channels.name);
  const tabs = new Map<string, Served>();
  let over = false;

  function meet(from: string): void {
    const own = channels.open(`${channels.name} ${from}`);
    const tab: Served = { own, take: () => {} };
    tabs.set(from, tab);
    own.addEventListener("message", ({ data }) => {
      if (tabs.get(from) === tab) tab.take(data);
    });
    join({
      post(message) {
        if (tabs.get(from) === tab) own.postMessage(message);
      },
      listen: (listener) => void (tab.take = listener),
      close() {
        if (tabs.get(from) !== tab) return;
        tabs.delete(from);
        own.close();
      },
    });
  }

  shared.addEventListener("message", ({ data }) => {
    const letter = data as Letter;
    if (over || !("from" in letter)) return;
    if (!tabs.has(letter.from)) meet(letter.from);
    tabs.get(letter.from)?.take(letter.message);
  });
  shared.postMessage({ serving: name } satisfies Letter);
  return () => {
    over = true;
    shared.close();
    for (const { own } of tabs.values()) own.close();
    tabs.clear();
  };
}
