import { inspect } from "node:util";
import { informer } from "@kubewright/runtime";
import { afterEach, expect, test, vi } from "vitest";
import { createMemoryCluster, type MemoryCluster, type Pod } from "../../../../test/support/memory-cluster.ts";
import { createStore } from "./create-store.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Store } from "./store.ts";

interface Named {
  readonly metadata: { readonly name: string };
}

/** A store whose frames are drawn by hand. */
function inFrames(): MemoryCluster & {
  readonly store: Store<Snapshot<Named>>;
  readonly close: () => Promise<void>;
  /** Lets all happen that can, then draws; gives how many frames were asked for. */
  readonly frame: () => Promise<number>;
} {
  const made = createMemoryCluster();
  const cache = informer<Pod>(made.pods);
  let asked: (() => void)[] = [];
  const store = createStore(cache, { schedule: (tell) => void asked.push(tell) });
  const frame = async (): Promise<number> => {
    await made.clock.settle();
    const due = asked;
    asked = [];
    for (const tell of due) tell();
    return due.length;
  };
  return { ...made, store, close: () => cache.close(), frame };
}

const names = ({ items }: Snapshot<Named>): string => items.map(({ metadata }) => metadata.name).join(" ");

afterEach(() => void vi.unstubAllGlobals());

test("a listener is told the value at once, and then once for each frame in which something changed", async () => {
  const { clock, server, store, frame, close } = inFrames();
  const told: string[] = [];
  const stop = store.subscribe((snapshot) => void told.push(`${names(snapshot)}|${snapshot.state}`));
  expect(told).toEqual(["|listing"]);
  server.put("b");
  server.put("a");
  expect(await frame()).toBe(1);
  server.put("c");
  await clock.settle();
  server.put("c");
  expect(await frame()).toBe(1);
  expect(told.slice(1)).toEqual(["a b|streaming", "a b c|streaming"]);
  expect(await frame()).toBe(0);
  stop();
  server.put("d");
  expect(await frame()).toBe(0);
  expect(told).toHaveLength(3);
  await close();
});

test("between frames it is one snapshot for all, whatever has come; what did not change stays the same", async () => {
  const { clock, server, store, frame, close } = inFrames();
  store.subscribe(() => {});
  server.put("a");
  server.put("b");
  await frame();
  const before = store.getSnapshot();
  server.put("b");
  await clock.settle();
  expect(store.getSnapshot()).toBe(before);
  const late: unknown[] = [];
  store.subscribe((snapshot) => void late.push(snapshot));
  expect(late).toEqual([before]);
  await frame();
  const after = store.getSnapshot();
  expect(late).toEqual([before, after]);
  expect(after.items).not.toBe(before.items);
  expect(after.items[0]).toBe(before.items[0]);
  expect(after.items[1]).not.toBe(before.items[1]);
  // What comes and goes between two frames, or is of the server alone, is no change.
  server.put("c");
  server.delete("c");
  server.bookmark();
  await frame();
  expect(store.getSnapshot()).toBe(after);
  expect(late).toHaveLength(2);
  await close();
});

test("without listeners it is what there is now, and the same as long as that is", async () => {
  const { clock, server, store, frame, close } = inFrames();
  expect(store.getSnapshot()).toBe(store.getSnapshot());
  expect(store.getSnapshot()).toEqual({ items: [], synced: false, state: "listing", error: undefined });
  server.put("a");
  await clock.settle();
  expect(names(store.getSnapshot())).toBe("a");
  expect(store.getSnapshot()).toBe(store.getSnapshot());
  const stop = store.subscribe(() => {});
  stop();
  stop();
  server.put("b");
  await clock.settle();
  expect(names(store.getSnapshot())).toBe("a b");
  expect(await frame()).toBe(0);
  await close();
});

test("how the watch stands is a change too; the objects are the same meanwhile", async () => {
  const { clock, server, store, frame, close } = inFrames();
  server.put("a");
  const seen: Snapshot<Named>[] = [];
  store.subscribe((snapshot) => void seen.push(snapshot));
  await frame();
  server.disconnect();
  await frame();
  expect(seen.at(-1)).toMatchObject({ state: "recovering", synced: true, error: { name: "ConnectionError" } });
  server.connect();
  server.refuse(401);
  await clock.advance(60_000);
  await frame();
  expect(seen.at(-1)).toMatchObject({ state: "recovering", error: { statusCode: 401 } });
  server.refuse(undefined);
  await clock.advance(60_000);
  await frame();
  expect(seen.at(-1)).toMatchObject({ state: "streaming", error: undefined });
  await close();
  await frame();
  expect(seen.at(-1)).toMatchObject({ state: "stopped" });
  expect(new Set(seen.slice(1).map(({ items }) => items)).size).toBe(1);
});

test("objects stand by namespace, then name, also after a new list", async () => {
  const { clock, server, store, frame, close } = inFrames();
  for (const [namespace, name] of [
    ["shop", "b"],
    ["bank", "c"],
    ["shop", "a"],
  ] as const)
    server.put(name, { namespace });
  store.subscribe(() => {});
  await frame();
  expect(names(store.getSnapshot())).toBe("c a b");
  server.put("d", { namespace: "bank" });
  await frame();
  expect(names(store.getSnapshot())).toBe("c d a b");
  server.compact();
  server.put("aa", { namespace: "shop" });
  server.endWatches();
  await clock.advance(60_000);
  await frame();
  expect(names(store.getSnapshot())).toBe("c d a aa b");
  await close();
});

test("a listener that throws is an uncaught error, and the others are told", async () => {
  const { server, store, frame, close } = inFrames();
  const mine = new Error("mine");
  const uncaught: unknown[] = [];
  const take = (error: unknown): void => void uncaught.push(error);
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", take);
  try {
    store.subscribe(() => {
      throw mine;
    });
    const told: string[] = [];
    store.subscribe((snapshot) => void told.push(names(snapshot)));
    server.put("a");
    await frame();
    await frame();
    expect(told).toEqual(["", "a"]);
    expect(uncaught).toEqual([mine, mine]);
  } finally {
    process.off("uncaughtException", take);
    for (const other of others) process.on("uncaughtException", other);
  }
  await close();
});

test("a listener that leaves while others are told, or takes others along, is told no more", async () => {
  const { server, store, frame, close } = inFrames();
  const told: string[] = [];
  let stopSecond = (): void => {};
  let first = true;
  store.subscribe((snapshot) => {
    told.push(`1 ${names(snapshot)}`);
    if (!first) stopSecond();
    first = false;
  });
  stopSecond = store.subscribe((snapshot) => void told.push(`2 ${names(snapshot)}`));
  server.put("a");
  await frame();
  expect(told).toEqual(["1 ", "2 ", "1 a"]);
  await close();
});

test("it waits for frames where there are some, else for the next turn", async () => {
  const { clock, server, pods } = createMemoryCluster();
  await using cache = informer(pods);
  const store = createStore(cache);
  const turn = new Promise<void>((resolve) => store.subscribe(({ items }) => items.length === 1 && resolve()));
  server.put("a");
  await clock.run(cache.synced());
  await turn;

  const frames: (() => void)[] = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  server.put("b");
  await clock.settle();
  expect(names(store.getSnapshot())).toBe("a");
  frames.pop()?.();
  expect(names(store.getSnapshot())).toBe("a b");
  expect(inspect(store)).toBe('Store { state: "streaming", size: 2, listeners: 1 }');
});

test("wrong options", () => {
  const { pods } = createMemoryCluster();
  const cache = informer(pods);
  expect(() => createStore(cache, { schedule: 5 as never })).toThrow("Invalid schedule: it must be a function");
  expect(() => createStore(cache, { shedule: () => {} } as never)).toThrow("did you mean schedule?");
  void cache.close();
});
