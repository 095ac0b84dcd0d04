import { afterEach, describe, expect, test, vi } from "vitest";
import { createMemoryCluster, type MemoryCluster, type Pod } from "../../../../test/support/memory-cluster.ts";
import type { Cached } from "./cached.ts";
import { informer } from "./informer.ts";
import type { InformerEvent } from "./informer-event.ts";
import type { InformerOptions } from "./informer-options.ts";
import type { Informer } from "./informer.ts";

type Event = InformerEvent<Cached<Pod>>;

afterEach(() => void vi.restoreAllMocks());

async function synced(options: InformerOptions<Pod> = {}): Promise<MemoryCluster & { readonly cache: Informer<Pod> }> {
  const made = createMemoryCluster();
  const cache = informer(made.pods.in(), options);
  await made.clock.run(cache.synced());
  return { ...made, cache };
}

/** `added a 3`, `updated a 4 (3)`: with the version of the object, and that of what was seen before. */
function told({ type, object, previous }: Event): string {
  const before = previous === undefined ? "" : ` (${previous.metadata.resourceVersion})`;
  return `${type} ${object.metadata.name} ${object.metadata.resourceVersion}${before}`;
}

/** Lets go of one after the other. */
function turnstile(): { readonly pass: () => Promise<void>; open: () => void } {
  let waiting: (() => void)[] = [];
  let opened = false;
  return {
    pass: () => (opened ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    open() {
      opened = true;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}

describe("a subscription", () => {
  test("by iteration: all that is there, then every change, with what it saw before", async () => {
    const { clock, server, cache } = await synced();
    server.put("a");
    await clock.settle();
    const seen: string[] = [];
    const events = cache.subscribe();
    server.put("a");
    await clock.settle();
    const loop = (async () => {
      for await (const event of events) if (seen.push(told(event)) === 5) break;
      return "left";
    })();
    await clock.settle();
    expect(seen).toEqual(["added a 3"]);
    server.put("b");
    await clock.settle();
    server.put("a");
    await clock.settle();
    server.delete("a");
    server.put("a");
    expect(await clock.run(loop)).toBe("left");
    expect(seen).toEqual(["added a 3", "added b 4", "updated a 5 (3)", "deleted a 6 (5)", "added a 7"]);
    await cache.close();
  });

  test("a late one is told of all that is there; each has its own place", async () => {
    const { clock, server, cache } = await synced();
    const first: string[] = [];
    cache.subscribe((event) => void first.push(told(event)));
    server.put("a");
    await clock.settle();
    server.put("a");
    await clock.settle();
    const second: string[] = [];
    cache.subscribe((event) => void second.push(told(event)));
    await clock.settle();
    expect(first).toEqual(["added a 2", "updated a 3 (2)"]);
    expect(second).toEqual(["added a 3"]);
    await cache.close();
  });

  test("a handler that takes its time is told the newest state then; what came and went meanwhile vanishes", async () => {
    const { clock, server, cache } = await synced();
    const slow: string[] = [];
    const quick: string[] = [];
    const gate = turnstile();
    cache.subscribe(async (event) => {
      slow.push(told(event));
      await gate.pass();
    });
    cache.subscribe((event) => void quick.push(told(event)));
    server.put("a");
    await clock.settle();
    for (const name of ["b", "a", "c", "a"]) {
      server.put(name);
      await clock.settle();
    }
    server.delete("c");
    await clock.settle();
    expect(slow).toEqual(["added a 2"]);
    gate.open();
    await clock.settle();
    expect(slow).toEqual(["added a 2", "added b 3", "updated a 6 (2)"]);
    expect(quick).toHaveLength(6);
    await cache.close();
  });

  test("a handler that throws or rejects is told to onError, and goes on", async () => {
    const failed: string[] = [];
    const { clock, server, cache } = await synced({
      onError(error, failure) {
        if (failure.in === "handler") failed.push(`${(error as Error).message}: ${told(failure.event)}`);
      },
    });
    const seen: string[] = [];
    cache.subscribe((event) => {
      seen.push(told(event));
      throw new Error("at once");
    });
    cache.subscribe(async () => Promise.reject(new Error("later")));
    server.put("a");
    await clock.settle();
    server.put("a");
    await clock.settle();
    expect(seen).toEqual(["added a 2", "updated a 3 (2)"]);
    expect(failed.toSorted()).toEqual([
      "at once: added a 2",
      "at once: updated a 3 (2)",
      "later: added a 2",
      "later: updated a 3 (2)",
    ]);
    await cache.close();
  });

  test("without onError it goes to the console, and so does what onError throws", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    const error = new Error("mine");
    for (const onError of [
      undefined,
      () => {
        throw error;
      },
    ]) {
      const { clock, server, cache } = await synced({ onError });
      cache.subscribe(() => {
        throw error;
      });
      server.put("a");
      await clock.settle();
      await cache.close();
    }
    const failed = "kubewright: the informer of pods in default: a handler failed on added default/a";
    expect(logged.mock.calls).toEqual([
      [`${failed}:`, error],
      [`${failed}, and so did onError:`, error, error],
    ]);
  });

  test("each way of leaving ends it, and nothing else", async () => {
    const { clock, server, cache } = await synced();
    server.put("a");
    await clock.settle();
    const controller = new AbortController();
    const mine = new Error("mine");
    const aborted = (async () => {
      for await (const event of cache.subscribe({ signal: controller.signal })) if (event.type === "deleted") return;
    })();
    const closed = cache.subscribe();
    const closing = (async () => {
      for await (const event of closed) if (event.type === "deleted") return "deleted";
      return "ended";
    })();
    await clock.settle();
    controller.abort(mine);
    await expect(aborted).rejects.toBe(mine);
    await closed.close();
    expect(await closing).toBe("ended");
    expect(() => closed[Symbol.asyncIterator]()).toThrow("it can be iterated once");
    const thrown = (async () => {
      for await (const _ of cache.subscribe()) throw mine;
    })();
    await expect(thrown).rejects.toBe(mine);
    {
      await using events = cache.subscribe();
      void events;
    }
    const seen: string[] = [];
    const other = new AbortController();
    const subscription = cache.subscribe((event) => void seen.push(told(event)));
    cache.subscribe((event) => void seen.push(told(event)), { signal: other.signal });
    await clock.settle();
    other.abort();
    server.put("b");
    await subscription.close();
    await subscription[Symbol.asyncDispose]();
    cache.subscribe((event) => void seen.push(told(event)), { signal: other.signal });
    await clock.settle();
    const atOnce = cache.subscribe((event) => void seen.push(told(event)));
    await atOnce.close(); // what is there is on its way already
    await clock.settle();
    expect(seen).toEqual(["added a 2", "added a 2"]);
    expect(cache.health.state).toBe("streaming");
    await cache.close();
  });

  test("a handler can close its own subscription, or the informer", async () => {
    const { clock, server, cache } = await synced();
    server.put("a");
    server.put("b");
    await clock.settle();
    const seen: string[] = [];
    const subscription = cache.subscribe(async (event) => {
      seen.push(told(event));
      await subscription.close();
    });
    await clock.settle();
    cache.subscribe(async (event) => {
      seen.push(told(event));
      await cache.close();
    });
    await clock.settle();
    expect(seen).toEqual(["added a 2", "added a 2"]);
    expect(server.watches).toBe(0);
  });

  test("resyncMs tells everything once more, by the clock", async () => {
    const { clock, server, cache } = await synced({ resyncMs: 60_000 });
    server.put("a");
    server.put("b");
    const seen: string[] = [];
    cache.subscribe((event) => void seen.push(told(event)));
    await clock.settle();
    await clock.advance(59_000);
    expect(seen).toHaveLength(2);
    await clock.advance(61_000);
    expect(seen.slice(2)).toEqual(["updated a 2 (2)", "updated b 3 (3)", "updated a 2 (2)", "updated b 3 (3)"]);
    await cache.close();
    expect(clock.pending).toBe(0);
  });

  test("wrong arguments", async () => {
    const { cache } = await synced();
    expect(() => cache.subscribe({ signals: 1 } as never)).toThrow(
      "Invalid signals: there is no such option; did you mean signal?",
    );
    expect(() => cache.subscribe("no" as never)).toThrow("Invalid options: it must be an object, not text");
    expect(() => cache.subscribe(undefined as never, {})).toThrow(
      "Invalid handler: it must be a function, not undefined",
    );
    expect(() => cache.subscribe(() => {}, { signal: 1 as never })).toThrow(
      "Invalid signal: it must be an AbortSignal",
    );
    await cache.close();
  });
});
