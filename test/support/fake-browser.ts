import type { PlatformChannel } from "../../packages/browser/src/ports/channel.ts";
import type { PlatformLocks } from "../../packages/browser/src/ports/locks.ts";
import { messagePort, type PlatformPort } from "../../packages/browser/src/ports/port.ts";
import { serveTabs } from "../../packages/browser/src/sharing/serve-tabs.ts";
import type { PlatformWorker } from "../../packages/browser/src/sharing/ways.ts";
import { FakePage } from "./fake-page.ts";
import { PageProxy, PodWorld } from "./page-proxy.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

type Listener = (event: { readonly data: unknown }) => void;

/** Several tabs of one browser, on one virtual clock: with Web Locks, channels between them, and shared workers; and pods to show. */
export class FakeBrowser {
  readonly clock: VirtualClock = createVirtualClock();
  readonly proxy: PageProxy = new PageProxy();
  readonly pods: PodWorld = new PodWorld(this.proxy, this.clock);
  readonly #channels = new Set<FakeChannel>();
  readonly #locks = new Map<string, LockQueue>();

  /** Opens a tab. */
  tab(): FakeTab {
    return new FakeTab(this.proxy, this.clock, this.#channels, this.#locks);
  }

  /** A shared worker as each tab makes one: `() => worker.connect()`. It runs the browser's code for workers. */
  worker(): FakeWorker {
    return new FakeWorker(this.clock, this.proxy.fetch);
  }
}

/** A tab that can be frozen, and closed. */
export class FakeTab extends FakePage {
  override readonly navigator: { onLine: boolean; locks: PlatformLocks };
  BroadcastChannel: new (name: string) => PlatformChannel;
  /** Nothing reaches it, and it says nothing, until it is thawed; what came meanwhile then comes at once. */
  #frozen: (() => void)[] | undefined;
  readonly #own = new Set<() => void>();
  readonly #life: AbortController;

  constructor(proxy: PageProxy, clock: VirtualClock, channels: Set<FakeChannel>, locks: Map<string, LockQueue>) {
    const deliver = (task: () => void): void => {
      if (this.#frozen === undefined) task();
      else this.#frozen.push(task);
    };
    const life = new AbortController();
    const fetch: typeof globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      return proxy.fetch(new Request(request, { signal: AbortSignal.any([request.signal, life.signal]) }));
    };
    const after: VirtualClock["after"] = (ms, act) => clock.after(ms, () => deliver(act));
    super(fetch, Object.create(clock, { after: { value: after } }) as VirtualClock);
    this.#life = life;
    const own = this.#own;
    const isFrozen = (): boolean => this.#frozen !== undefined;
    this.BroadcastChannel = class extends FakeChannel {
      constructor(name: string) {
        super(name, channels, deliver, isFrozen);
        own.add(() => this.close());
      }
    };
    this.navigator = { onLine: true, locks: lockManager(locks, own) };
  }

  freeze(): void {
    this.#frozen ??= [];
  }

  thaw(): void {
    if (this.#life.signal.aborted) return;
    const waiting = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const task of waiting) task();
  }

  /** The tab crashes or is closed, without a word. */
  kill(): void {
    this.freeze();
    for (const end of this.#own) end();
    this.#life.abort();
  }
}

/** A channel of tabs. */
class FakeChannel implements PlatformChannel {
  readonly #name: string;
  readonly #all: Set<FakeChannel>;
  readonly #deliver: (task: () => void) => void;
  readonly #silent: () => boolean;
  readonly #listeners: Listener[] = [];

  constructor(name: string, all: Set<FakeChannel>, deliver: (task: () => void) => void, silent: () => boolean) {
    this.#name = name;
    this.#all = all;
    this.#deliver = deliver;
    this.#silent = silent;
    all.add(this);
  }

  postMessage(message: unknown): void {
    if (this.#silent()) return;
    if (!this.#all.has(this)) throw new Error("the channel is closed");
    const data: unknown = structuredClone(message);
    for (const other of this.#all) {
      if (other === this || other.#name !== this.#name) continue;
      queueMicrotask(() => other.#deliver(() => other.#take(data)));
    }
  }

  addEventListener(_: "message", listener: Listener): void {
    this.#listeners.push(listener);
  }

  close(): void {
    this.#all.delete(this);
  }

  #take(data: unknown): void {
    if (this.#all.has(this)) for (const listener of this.#listeners) listener({ data });
  }
}

interface LockQueue {
  holder: { release(stolen?: boolean): void } | undefined;
  readonly waiting: (() => void)[];
}

/** Web Locks for one tab of several; `own` ends what the tab has. */
function lockManager(locks: Map<string, LockQueue>, own: Set<() => void>): PlatformLocks {
  return {
    request(name, { steal = false, signal }, held) {
      const queue = locks.get(name) ?? { holder: undefined, waiting: [] };
      locks.set(name, queue);
      return new Promise((resolve, reject) => {
        const grant = (): void => {
          let over = false;
          const mine = {
            release(stolen = false) {
              if (over) return;
              over = true;
              if (stolen) reject(new DOMException("the lock was stolen", "AbortError"));
              if (queue.holder === mine) queue.holder = undefined;
              if (!stolen && queue.holder === undefined) queue.waiting.shift()?.();
            },
          };
          queue.holder = mine;
          own.add(() => mine.release());
          queueMicrotask(() => {
            void held()
              .then(resolve, reject)
              .finally(() => mine.release());
          });
        };
        if (steal) {
          const { holder } = queue;
          queue.holder = undefined;
          holder?.release(true);
          grant();
          return;
        }
        if (queue.holder === undefined) return grant();
        const leave = (): void => {
          const at = queue.waiting.indexOf(grant);
          if (at >= 0) queue.waiting.splice(at, 1);
        };
        queue.waiting.push(grant);
        own.add(leave);
        signal?.addEventListener("abort", () => {
          leave();
          reject(signal.reason as Error);
        });
      });
    },
  };
}

/** A shared worker that tabs connect to. */
export class FakeWorker {
  /** Nothing reaches it any more, and it answers nothing. */
  dead = false;
  readonly #server: ReturnType<typeof serveTabs>;

  constructor(clock: VirtualClock, fetch: typeof globalThis.fetch) {
    this.#server = serveTabs(clock, fetch);
  }

  /** It ends, and says so. */
  end(): void {
    this.#server.close();
  }

  connect(): PlatformWorker {
    const [ours, theirs] = portPair(() => this.dead);
    this.#server.join(messagePort(theirs));
    return { port: ours, addEventListener: () => {} };
  }
}

/** Two ends of a message channel. */
function portPair(dead: () => boolean): readonly [PlatformPort, PlatformPort] {
  const ends = [0, 1].map(() => ({
    listener: undefined as Listener | undefined,
    waiting: [] as unknown[],
    open: true,
  }));
  const end = (mine: 0 | 1): PlatformPort => {
    const here = ends[mine];
    const there = ends[1 - mine];
    if (here === undefined || there === undefined) throw new Error("a channel has two ends");
    return {
      postMessage(message) {
        if (!here.open) return;
        const data: unknown = structuredClone(message);
        queueMicrotask(() => {
          if (dead() || !there.open) return;
          if (there.listener === undefined) there.waiting.push(data);
          else there.listener({ data });
        });
      },
      addEventListener: (_, listener) => void (here.listener = listener),
      start() {
        for (const data of here.waiting.splice(0)) here.listener?.({ data });
      },
      close: () => void (here.open = false),
    };
  };
  return [end(0), end(1)];
}
