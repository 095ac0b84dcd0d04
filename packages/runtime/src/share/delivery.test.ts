import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Change, createDelivery, type Delivery } from "./delivery.ts";
import type { Held } from "./held.ts";

type Thing = Held<number>;

let made = 0;

function thing(key: string, uid: string = `uid of ${key}`): Thing {
  made += 1;
  return { key, namespace: undefined, name: key, uid, resourceVersion: `${made}`, value: made };
}

/** What a delivery must do, written without thought for time and memory. */
class SlowDelivery {
  waiting: string[] = [];
  readonly seen = new Map<string, Thing>();
  readonly again = new Set<string>();
  readonly finals = new Map<string, Thing>();

  changed(before: Thing | undefined, after: Thing | undefined, last: Thing | undefined): void {
    const { key: name } = (after ?? before) as Thing;
    const seen = this.seen.get(name);
    if (after === undefined && seen === undefined) this.forget(name);
    else if (!this.waiting.includes(name)) this.waiting.push(name);
    if (last !== undefined && last.uid === seen?.uid) this.finals.set(name, last);
  }

  resync(things: ReadonlyMap<string, Thing>): void {
    for (const name of things.keys()) {
      if (this.waiting.includes(name)) continue;
      this.waiting.push(name);
      this.again.add(name);
    }
  }

  forget(name: string): void {
    this.waiting = this.waiting.filter((one) => one !== name);
    this.again.delete(name);
    this.finals.delete(name);
  }

  take(things: ReadonlyMap<string, Thing>): Change<number> | undefined {
    for (const name of [...this.waiting]) {
      const previous = this.seen.get(name);
      const held = things.get(name);
      const last = this.finals.get(name);
      const again = this.again.has(name);
      if (previous !== undefined && previous.uid !== held?.uid) {
        if (held === undefined) this.forget(name);
        this.finals.delete(name);
        this.seen.delete(name);
        return { type: "deleted", held: last ?? previous, previous };
      }
      this.forget(name);
      if (held === undefined) continue;
      this.seen.set(name, held);
      if (previous === undefined) return { type: "added", held, previous };
      if (previous !== held || again) return { type: "updated", held, previous };
    }
    return undefined;
  }
}

/** What there is, and a delivery that is told of each change. */
class World {
  readonly things = new Map<string, Thing>();
  readonly delivery: Delivery<number> = createDelivery(this.things);
  readonly slow: SlowDelivery | undefined;

  constructor(slow?: SlowDelivery) {
    this.slow = slow;
  }

  changed(before: Thing | undefined, after: Thing | undefined, last: Thing | undefined): void {
    this.delivery.changed(before, after, last);
    this.slow?.changed(before, after, last);
  }

  /** Creates or changes; with another uid, it is another object of the name. */
  put(key: string, uid?: string): Thing {
    const before = this.things.get(key);
    const after = thing(key, uid ?? before?.uid);
    this.things.set(key, after);
    const another = before !== undefined && before.uid !== after.uid;
    if (another) this.changed(before, undefined, before);
    this.changed(another ? undefined : before, after, undefined);
    return after;
  }

  remove(key: string): Thing | undefined {
    const before = this.things.get(key);
    if (before === undefined) return undefined;
    const last = thing(key, before.uid);
    this.things.delete(key);
    this.changed(before, undefined, last);
    return last;
  }

  drain(): Change<number>[] {
    const all: Change<number>[] = [];
    for (let next = this.delivery.take(); next !== undefined; next = this.delivery.take()) all.push(next);
    return all;
  }
}

describe("what waits is delivered as the difference from what the consumer last saw", () => {
  test("an object that is created, changed and deleted", () => {
    const world = new World();
    const first = world.put("a");
    expect(world.drain()).toEqual([{ type: "added", held: first, previous: undefined }]);
    const second = world.put("a");
    expect(world.drain()).toEqual([{ type: "updated", held: second, previous: first }]);
    const last = world.remove("a");
    expect(world.drain()).toEqual([{ type: "deleted", held: last, previous: second }]);
    expect(world.delivery.take()).toBeUndefined();
  });

  test("many changes are one, from the state that was last seen", () => {
    const world = new World();
    const seen = world.put("a");
    world.drain();
    world.put("a");
    world.put("a");
    const newest = world.put("a");
    expect(world.delivery.size).toBe(1);
    expect(world.drain()).toEqual([{ type: "updated", held: newest, previous: seen }]);
  });

  test("what came and went in between is not delivered, and does not wait either", () => {
    const world = new World();
    world.put("a");
    world.put("a");
    world.remove("a");
    expect(world.delivery.size).toBe(0);
    expect(world.drain()).toEqual([]);
  });

  test("what was changed before it went is deleted, from the state that was last seen", () => {
    const world = new World();
    const seen = world.put("a");
    world.drain();
    world.put("a");
    const last = world.remove("a");
    expect(world.drain()).toEqual([{ type: "deleted", held: last, previous: seen }]);
  });

  test("another object of the name is deleted and added, one right after the other", () => {
    const world = new World();
    const seen = world.put("a", "1");
    world.drain();
    const last = world.remove("a");
    const other = world.put("a", "2");
    const b = world.put("b");
    expect(world.drain()).toEqual([
      { type: "deleted", held: last, previous: seen },
      { type: "added", held: other, previous: undefined },
      { type: "added", held: b, previous: undefined },
    ]);
  });

  test("the final state of another object that came and went counts for nothing", () => {
    const world = new World();
    const seen = world.put("a", "1");
    world.drain();
    world.put("a", "2");
    world.remove("a");
    expect(world.drain()).toEqual([{ type: "deleted", held: seen, previous: seen }]);
  });

  test("another object that goes between its two halves is not delivered", () => {
    const world = new World();
    world.put("a", "1");
    world.drain();
    world.put("a", "2");
    expect(world.delivery.take()?.type).toBe("deleted");
    world.remove("a");
    expect(world.drain()).toEqual([]);
  });

  test("the same object that left and came back is updated", () => {
    const world = new World();
    const seen = world.put("a", "1");
    world.drain();
    world.remove("a");
    const back = world.put("a", "1");
    expect(world.drain()).toEqual([{ type: "updated", held: back, previous: seen }]);
  });

  test("keys come in the order in which they began to wait", () => {
    const world = new World();
    for (const key of ["c", "a", "b"]) world.put(key);
    world.put("c");
    world.remove("a");
    world.put("a");
    expect(world.drain().map(({ held }) => held.key)).toEqual(["c", "b", "a"]);
  });
});

test("a resync delivers what did not change with itself as previous, and what waits already as it would have been", () => {
  const world = new World();
  const a = world.put("a");
  const b = world.put("b");
  const c = world.put("c");
  world.drain();
  const changed = world.put("b");
  world.delivery.resync(world.things.values());
  const later = world.put("c");
  const last = world.remove("a");
  world.delivery.resync(world.things.values());
  expect(world.drain()).toEqual([
    { type: "updated", held: changed, previous: b },
    { type: "deleted", held: last, previous: a },
    { type: "updated", held: later, previous: c },
  ]);
  world.delivery.resync(world.things.values());
  expect(world.drain()).toEqual([
    { type: "updated", held: changed, previous: changed },
    { type: "updated", held: later, previous: later },
  ]);
  expect(world.drain()).toEqual([]);
});

describe("waiting for it", () => {
  test("resolves when something waits, at once when it does already", async () => {
    const world = new World();
    const first = world.delivery.next();
    expect(world.delivery.next()).toBe(first);
    world.put("a");
    expect(await first).toBe(true);
    expect(await world.delivery.next()).toBe(true);
  });

  test("resolves when it ends, and stays ended", async () => {
    const world = new World();
    const first = world.delivery.next();
    world.delivery.end();
    expect(await first).toBe(false);
    world.put("a");
    world.delivery.resync(world.things.values());
    expect(await world.delivery.next()).toBe(false);
    expect([world.delivery.size, world.delivery.take()]).toEqual([0, undefined]);
  });

  test("what waited when it ended is not delivered", () => {
    const world = new World();
    world.put("a");
    world.delivery.end();
    expect([world.delivery.size, world.delivery.take()]).toEqual([0, undefined]);
  });
});

const key = fc.constantFrom("a", "b", "c", "d", "e");
const uid = fc.constantFrom(undefined, undefined, "1", "2");
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("put" as const), key, uid }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("remove" as const), key }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("take" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("resync" as const) }) },
);

test("whatever happens, it delivers what the slow and obvious one does, and its events rebuild what there is", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const slow = new SlowDelivery();
      const world = new World(slow);
      const { things, delivery } = world;
      const rebuilt = new Map<string, Thing>();
      const take = (): boolean => {
        const change = delivery.take();
        expect(change).toEqual(slow.take(things));
        if (change === undefined) return false;
        const { type, held, previous } = change;
        // Not only equal: the very state that it was given.
        expect(rebuilt.get(held.key)).toBe(previous);
        if (type === "deleted") rebuilt.delete(held.key);
        else rebuilt.set(held.key, held);
        return true;
      };
      for (const one of steps) {
        if (one.do === "take") take();
        else if (one.do === "remove") world.remove(one.key);
        else if (one.do === "put") world.put(one.key, one.uid);
        else {
          delivery.resync(things.values());
          slow.resync(things);
        }
        expect(delivery.size).toBe(slow.waiting.length);
        expect(delivery.size).toBeLessThanOrEqual(new Set([...things.keys(), ...rebuilt.keys()]).size);
      }
      while (take());
      expect(rebuilt).toEqual(things);
      for (const [name, held] of things) expect(rebuilt.get(name)).toBe(held);
      expect(delivery.size).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

describe("a consumer that stands still for 300,000 changes", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const size = 3000;

  /** How many of all states that there ever were are still in memory, after `change` was called so many times. */
  async function alive(
    world: World,
    times: number,
    change: (nth: number, keep: (state: Thing | undefined) => void) => void,
  ): Promise<number> {
    const states: WeakRef<Thing>[] = [];
    const keep = (state: Thing | undefined): void => {
      if (state !== undefined) states.push(new WeakRef(state));
    };
    for (let nth = 0; nth < size; nth += 1) keep(world.put(`${nth}`));
    world.drain();
    let most = 0;
    for (let nth = 0; nth < times; nth += 1) {
      change(nth, keep);
      most = Math.max(most, world.delivery.size);
      // What was just referred to by a WeakRef lives until the end of the turn.
      if (nth % 10_000 === 0) await setImmediate();
    }
    expect(most).toBeLessThanOrEqual(2 * size);
    await setImmediate();
    collect();
    return states.filter((state) => state.deref() !== undefined).length;
  }

  test("holds no more than what it last saw, beside what there is", async () => {
    const world = new World();
    const count = await alive(world, 300_000, (nth, keep) => keep(world.put(`${(nth * 7) % size}`)));
    expect(count).toBe(2 * size);
    expect(world.drain()).toHaveLength(size);
  });

  test("also where all that it saw is gone, and others came", async () => {
    const world = new World();
    const count = await alive(world, 150_000, (nth, keep) => {
      keep(world.remove(`${nth}`));
      keep(world.put(`${nth + size}`));
    });
    expect(world.things.size).toBe(size);
    expect(count).toBeLessThanOrEqual(2 * size);
    const changes = world.drain();
    expect(changes.filter(({ type }) => type === "deleted")).toHaveLength(size);
    expect(changes).toHaveLength(2 * size);
  });

  test("holds nothing of what was taken", async () => {
    const world = new World();
    const states: WeakRef<Thing>[] = [];
    for (let nth = 0; nth < 500; nth += 1) {
      states.push(new WeakRef(world.put(`${nth}`)));
      world.drain();
      states.push(new WeakRef(world.remove(`${nth}`) as Thing));
      world.drain();
    }
    await setImmediate();
    collect();
    expect(states.filter((state) => state.deref() !== undefined).length).toBeLessThan(10);
  });
});

describe("final states of what is gone", () => {
  const size = 3000;

  function filled(): World {
    const world = new World();
    for (let nth = 0; nth < size; nth += 1) world.put(`${nth}`);
    world.drain();
    return world;
  }

  test("are kept while there is room for them", () => {
    const world = filled();
    const lasts = Array.from({ length: 700 }, (_, nth) => world.remove(`${nth}`));
    expect(world.drain().map(({ held }) => held)).toEqual(lasts);
  });

  test.each<[string, (world: World) => void]>([
    [
      "much more is gone",
      (world) => {
        for (let nth = 0; nth < size; nth += 1) world.remove(`${nth}`);
      },
    ],
    [
      "much else changed since",
      (world) => {
        for (let nth = 0; nth < 700; nth += 1) world.remove(`${nth}`);
        for (let nth = 700; nth < size; nth += 1) world.put(`${nth}`);
      },
    ],
    [
      "much changed before it went",
      (world) => {
        for (let nth = 0; nth < size; nth += 1) world.put(`${nth}`);
        for (let nth = 0; nth < 700; nth += 1) world.remove(`${nth}`);
      },
    ],
  ])("give way to what was last seen, where %s", (_, change) => {
    const world = filled();
    change(world);
    const [first] = world.drain();
    expect(first?.type).toBe("deleted");
    expect(first?.held).toBe(first?.previous);
  });
});
