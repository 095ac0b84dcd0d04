import type { Browser, CDPSession } from "playwright-core";

interface Message {
  /** Of the command that it answers; an event has none. */
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Session {
  send(method: string, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Resolves when this event comes. */
  event(method: string): Promise<void>;
}

interface Evaluated {
  readonly result: { readonly value?: unknown; readonly objectId?: string };
}

/** A tab or a shared worker, reached by Chromium's own protocol. */
export interface Target {
  readonly url: string;
  /** Stops its scripts: no timer fires, no message is handled; all of it waits. */
  freeze(): Promise<void>;
  /** Lets them go on. */
  thaw(): Promise<void>;
  /** Ends its process, as a fault would. */
  crash(): void;
  /** What the browser tells it about the network; streams that are open are for who cuts the network. */
  setOffline(offline: boolean): Promise<void>;
  /** The value of an expression in it, which is a plain one or a promise of one. */
  evaluate(expression: string): Promise<unknown>;
}

/** The shared workers of an origin, in whatever context. */
export async function sharedWorkers(browser: Browser, origin: string): Promise<readonly Target[]> {
  const root = await browser.newBrowserCDPSession();
  const { targetInfos } = await root.send("Target.getTargets");
  const workers = targetInfos.filter(({ type, url }) => type === "shared_worker" && url.startsWith(origin));
  return Promise.all(
    workers.map(async ({ targetId, url }) => {
      // Not flat, for playwright hands on only sessions that it made.
      const { sessionId } = await root.send("Target.attachToTarget", { targetId, flatten: false });
      return target(url, withinSession(root, sessionId));
    }),
  );
}

/** A tab as a target. */
export function targetOf(url: string, session: CDPSession): Target {
  return target(url, {
    send: (method, parameters) => session.send(method as "Debugger.enable", parameters as never),
    event: (method) => new Promise((resolve) => session.once(method as "Debugger.paused", () => resolve())),
  });
}

function target(url: string, { send, event }: Session): Target {
  return {
    url,
    async freeze() {
      await send("Debugger.enable");
      const paused = event("Debugger.paused");
      await send("Debugger.pause");
      // It stops at the next statement, and this is one; answered when it goes on.
      void send("Runtime.evaluate", { expression: "0" }).catch(() => {});
      await paused;
    },
    async thaw() {
      await send("Debugger.resume");
      await send("Debugger.disable");
    },
    crash() {
      // Nobody is there any more to answer.
      void send("Page.crash").catch(() => {});
    },
    async setOffline(offline) {
      await send("Network.enable");
      await send("Network.emulateNetworkConditions", {
        offline,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: -1,
      });
    },
    async evaluate(expression) {
      const { result } = (await send("Runtime.evaluate", { expression })) as Evaluated;
      // A promise is awaited only where it is one: nothing that waits comes back while the scripts stand still.
      if (result.objectId === undefined) return result.value;
      const awaited = { promiseObjectId: result.objectId, returnByValue: true };
      return ((await send("Runtime.awaitPromise", awaited)) as Evaluated).result.value;
    },
  };
}

function withinSession(root: CDPSession, sessionId: string): Session {
  const answers = new Map<number, (answer: Message) => void>();
  const events = new Map<string, () => void>();
  root.on("Target.receivedMessageFromTarget", (received) => {
    if (received.sessionId !== sessionId) return;
    const message = JSON.parse(received.message) as Message;
    if (message.id !== undefined) answers.get(message.id)?.(message);
    else if (message.method !== undefined) events.get(message.method)?.();
  });
  let last = 0;
  return {
    async send(method, parameters = {}) {
      const id = ++last;
      const answer = new Promise<Message>((resolve) => answers.set(id, resolve));
      const message = JSON.stringify({ id, method, params: parameters });
      await root.send("Target.sendMessageToTarget", { sessionId, message });
      const { result, error } = await answer;
      if (error !== undefined) throw new Error(`${method}: ${error.message}`);
      return result;
    },
    event: (method) => new Promise((resolve) => events.set(method, resolve)),
  };
}
