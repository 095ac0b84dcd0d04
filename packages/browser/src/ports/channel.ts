import type { Port } from "./port.ts";

/** A channel of the platform that reaches every tab, as far as it is used. */
export interface PlatformChannel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

/** What goes over a channel: from a tab to the one that serves, whichever that is, or back to one tab. */
type Letter =
  | { readonly from: string; readonly message: unknown }
  | { readonly to: string; readonly message: unknown }
  /** One serves from now on; its name. */
  | { readonly serving: string };

/** The tab's end: talks to whoever serves. `tab` is its name. */
export interface TabChannel extends Port {
  /** Calls `listener` when another tab begins to serve. */
  onServing(listener: () => void): void;
}

/** The tab's end of a channel. */
export function tabChannel(channel: PlatformChannel, tab: string): TabChannel {
  let served: string | undefined;
  let newcomer: () => void = () => {};
  let take: (message: unknown) => void = () => {};
  channel.addEventListener("message", ({ data }) => {
    const letter = data as Letter;
    if ("to" in letter) {
      if (letter.to === tab) take(letter.message);
    } else if ("serving" in letter && letter.serving !== served) {
      served = letter.serving;
      newcomer();
    }
  });
  return {
    post: (message) => channel.postMessage({ from: tab, message } satisfies Letter),
    listen: (listener) => void (take = listener),
    onServing: (listener) => void (newcomer = listener),
    close: () => channel.close(),
  };
}

/** Serves every tab of a channel: `join` gets a port for each, when it first says something. Gives what ends that. */
export function serveChannel(channel: PlatformChannel, name: string, join: (port: Port) => void): () => void {
  const tabs = new Map<string, (message: unknown) => void>();
  let over = false;
  channel.addEventListener("message", ({ data }) => {
    const letter = data as Letter;
    if (over || !("from" in letter)) return;
    const { from, message } = letter;
    if (!tabs.has(from)) {
      tabs.set(from, () => {});
      join({
        post(answer) {
          if (!over) channel.postMessage({ to: from, message: answer } satisfies Letter);
        },
        listen: (listener) => void tabs.set(from, listener),
        close: () => void tabs.delete(from),
      });
    }
    tabs.get(from)?.(message);
  });
  channel.postMessage({ serving: name } satisfies Letter);
  return () => {
    over = true;
    channel.close();
  };
}
