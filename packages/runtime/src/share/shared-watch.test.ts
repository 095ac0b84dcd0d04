import type { KubernetesObject, Stored } from "@kubewright/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DrivenWatch } from "../../../../test/support/driven-watch.ts";
import { objectAt } from "../../../../test/support/scripted-source.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import type { Consumer, Membership } from "./consumer.ts";
import type { Held } from "./held.ts";
import { sameJson } from "./same-json.ts";
import { type SharedWatch, startSharedWatch } from "./shared-watch.ts";

type AnyObject = Stored<KubernetesObject>;

function brief(held: Held<AnyObject> | undefined): string {
  return held === undefined ? "-" : `${held.name}@${held.resourceVersion}`;
}

/** A consumer that writes down what it is told, one line each. */
class Recorder implements Consumer<AnyObject> {
  readonly told: string[] = [];
  readonly changes: (Held<AnyObject> | undefined)[][] = [];
  /** Is called with each line. */
  on: (line: string) => void = () => {};

  tell(line: string): void {
    this.told.push(line);
    this.on(line);
  }

  fresh(): void {
    this.tell("fresh");
  }

  change(...states: [Held<AnyObject> | undefined, Held<AnyObject> | undefined, Held<AnyObject> | undefined]): void {
    this.changes.push(states);
    const [before, after, last] = states;
    this.tell(`${brief(before)} ${brief(after)}${last === undefined ? "" : ` last ${brief(last)}`}`);
  }

  missed({ key, uid, resourceVersion }: { key: string; uid: string; resourceVersion: string }): void {
    this.tell(`missed ${key} ${uid} ${resourceVersion}`);
  }

  synced(version: string): void {
    this.tell(`synced ${version}`);
  }

  progress(version: string): void {
    this.tell(`progress ${version}`);
  }

  health({ state }: { state: string }): void {
    this.tell(state);
  }

  /** What was told since it was last asked. */
  take(): string[] {
    return this.told.splice(0);
  }
}

function begin() {
  const watch = new DrivenWatch();
  const clock = createVirtualClock();
  const shared: SharedWatch<AnyObject> & { ended: number } = Object.assign(
    startSharedWatch<AnyObject>({
      start: (sink) => watch.start(sink),
      hold: { id: "objects", value: (object) => object, same: sameJson },
      clock,
      ended: () => (shared.ended += 1),
    }),
    { ended: 0 },
  );
  const join = (from?: string): { consumer: Recorder; member: Membership<AnyObject> } => {
    const consumer = new Recorder();
    return { consumer, member: shared.join({ from }, consumer) };
  };
  return { watch, clock, shared, join };
}

/** Lets microtasks run that are due. */
const microtask = (): Promise<void> => Promise.resolve();
const namesOf = ({ entries }: Membership<AnyObject>): string[] => [...entries.values()].map(brief);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("joining with everything", () => {
  test("while the collection is read, tells all of it in one step once it was read", async () => {
    const { watch, join } = begin();
    const { consumer, member } = join();
    await microtask();
    watch.sink.init();
    void watch.sink.apply(objectAt("a", "1"));
    void watch.sink.apply(objectAt("b", "2"));
    expect([consumer.take(), member.entries.size]).toEqual([[], 0]);
    consumer.on = () => expect(namesOf(member)).toEqual(["a@1", "b@2"]);
    void watch.sink.synced("5");
    expect(consumer.take()).toEqual(["fresh", "- a@1", "- b@2", "synced 5"]);
    expect(member.entries.get("default/b")?.value.metadata.name).toBe("b");
  });

  test("later, tells all there is at once, but not before join has returned", async () => {
    const { watch, join } = begin();
    join();
    watch.list("5", objectAt("a", "1"), objectAt("b", "2"));
    watch.apply(objectAt("c", "7"));
    const { consumer, member } = join();
    expect([consumer.told, member.entries.size]).toEqual([[], 0]);
    await microtask();
    expect(consumer.take()).toEqual(["fresh", "- a@1", "- b@2", "- c@7", "synced 7"]);
    watch.apply(objectAt("a", "8"));
    expect(consumer.take()).toEqual(["a@1 a@8", "progress 8"]);
  });

  test("a change before it was told anything is part of what it is told", async () => {
    const { watch, join } = begin();
    join();
    watch.list("5", objectAt("a", "1"));
    const { consumer } = join();
    watch.apply(objectAt("a", "6"));
    await microtask();
    expect(consumer.take()).toEqual(["fresh", "- a@6", "synced 6"]);
  });

  test("a new list before it was told anything begins it, once", async () => {
    const { watch, join } = begin();
    join();
    watch.list("5", objectAt("a", "1"));
    const { consumer } = join();
    watch.list("6", objectAt("a", "6"));
    await microtask();
    expect(consumer.take()).toEqual(["fresh", "- a@6", "synced 6"]);
  });
});

describe("changes", () => {
  async function listed() {
    const parts = begin();
    const joined = parts.join();
    parts.watch.list("10", objectAt("a", "1"), objectAt("b", "2"));
    await microtask();
    joined.consumer.take();
    return { ...parts, ...joined };
  }

  test("are told with the very state that was told before", async () => {
    const { watch, consumer } = await listed();
    watch.apply(objectAt("a", "11"));
    watch.apply(objectAt("a", "12"));
    watch.delete(objectAt("a", "13"));
    expect(consumer.take()).toEqual([
      "a@1 a@11",
      "progress 11",
      "a@11 a@12",
      "progress 12",
      "a@12 - last a@13",
      "progress 13",
    ]);
    const [first, second, third] = consumer.changes.slice(-3);
    expect(second?.[0]).toBe(first?.[1]);
    expect(third?.[0]).toBe(second?.[1]);
  });

  test("that are no news are left out", async () => {
    const { watch, consumer } = await listed();
    watch.apply(objectAt("a", "11"));
    consumer.take();
    void watch.sink.apply(objectAt("a", "11"));
    void watch.sink.apply(objectAt("a", "9"));
    void watch.sink.apply(objectAt("a", "8", "an older one of the name"));
    void watch.sink.delete(objectAt("c", "8"));
    void watch.sink.delete(objectAt("a", "8", "an older one of the name"));
    expect(consumer.take()).toEqual([]);
  });

  test("of the same name to another object are its end and another's beginning", async () => {
    const { watch, consumer, member } = await listed();
    watch.apply(objectAt("a", "11", "another"));
    expect(consumer.take()).toEqual(["a@1 - last a@11", "- a@11", "progress 11"]);
    expect(member.entries.get("default/a")?.uid).toBe("another");
  });

  test("a deletion of a later object of the name ends also the one before, whose end went unnoticed", async () => {
    const { watch, consumer, member } = await listed();
    watch.delete(objectAt("a", "12", "another"));
    expect(consumer.take()).toEqual(["a@1 - last a@12", "progress 12"]);
    expect(member.entries.has("default/a")).toBe(false);
  });

  test("a deletion counts whatever its version", async () => {
    const { watch, consumer } = await listed();
    void watch.sink.delete(objectAt("b", "1"));
    void watch.sink.delete(objectAt("a", ""));
    expect(consumer.take()).toEqual(["b@2 - last b@1", "a@1 - last a@"]);
  });

  test.each(["", "0", "opaque", "01"])("whose version %j does not compare all count", async (version) => {
    const { watch, consumer } = await listed();
    void watch.sink.apply(objectAt("a", version));
    void watch.sink.apply(objectAt("a", version));
    void watch.sink.apply(objectAt("a", "5"));
    watch.sink.progress(version);
    expect(consumer.take()).toEqual([
      `a@1 a@${version}`,
      `a@${version} a@${version}`,
      `a@${version} a@5`,
      `progress ${version}`,
    ]);
  });

  test("keys are namespace and name, or the name alone", async () => {
    const { watch, member } = await listed();
    const { namespace: _, ...metadata } = objectAt("node", "11").metadata as AnyObject["metadata"] & {
      namespace: string;
    };
    void watch.sink.apply({ apiVersion: "v1", kind: "Node", metadata });
    expect([...member.entries.keys()]).toEqual(["default/a", "default/b", "node"]);
    expect(member.entries.get("node")?.namespace).toBeUndefined();
  });

  test("the state of the watch is told, and can be asked for", async () => {
    const { watch, consumer, member } = await listed();
    watch.health({ state: "recovering" });
    expect([consumer.take(), member.health.state]).toEqual([["recovering"], "recovering"]);
  });
});

describe("a list that comes anew", () => {
  async function listed(...objects: AnyObject[]) {
    const parts = begin();
    const joined = parts.join();
    await microtask();
    parts.watch.list("10", ...objects);
    joined.consumer.take();
    return { ...parts, ...joined };
  }

  test("replaces all in one step, of which only the differences are told", async () => {
    const { watch, consumer, member } = await listed(objectAt("a", "1"), objectAt("b", "2"), objectAt("c", "3", "old"));
    const before = member.entries;
    const unchanged = before.get("default/a");
    watch.sink.init();
    void watch.sink.apply(objectAt("c", "12", "new"));
    void watch.sink.apply(objectAt("a", "1"));
    void watch.sink.apply(objectAt("d", "11"));
    expect([consumer.take(), namesOf(member)]).toEqual([[], ["a@1", "b@2", "c@3"]]);
    consumer.on = () => expect(namesOf(member)).toEqual(["c@12", "a@1", "d@11"]);
    void watch.sink.synced("20");
    expect(consumer.take()).toEqual(["b@2 - last b@2", "c@3 - last c@3", "- c@12", "- d@11", "synced 20"]);
    expect(member.entries.get("default/a")).toBe(unchanged);
    // Who still walks through the old map sees a whole one.
    expect([...before.values()].map(brief)).toEqual(["a@1", "b@2", "c@3"]);
  });

  test("may go back in time, as after etcd was restored", async () => {
    const { watch, consumer } = await listed(objectAt("a", "9"));
    watch.list("6", objectAt("a", "5"));
    watch.apply(objectAt("a", "7"));
    expect(consumer.take()).toEqual(["a@9 a@5", "synced 6", "a@5 a@7", "progress 7"]);
  });

  test("tells of another content behind the same version, which restored servers and those without versions have", async () => {
    const { watch, consumer } = await listed(objectAt("a", "9"), objectAt("b", ""), objectAt("c", ""));
    const [a, b] = [objectAt("a", "9"), objectAt("b", "")].map((object) => ({ ...object, data: { changed: "yes" } }));
    watch.list("10", a as AnyObject, b as AnyObject, objectAt("c", ""));
    expect(consumer.take()).toEqual(["a@9 a@9", "b@ b@", "synced 10"]);
  });

  test("may begin anew before its end, and change while it comes", async () => {
    const { watch, consumer, member } = await listed(objectAt("a", "1"), objectAt("b", "2"));
    watch.sink.init();
    void watch.sink.apply(objectAt("x", "11"));
    watch.sink.init();
    void watch.sink.apply(objectAt("a", "1"));
    void watch.sink.apply(objectAt("b", "2"));
    void watch.sink.apply(objectAt("c", "12"));
    void watch.sink.apply(objectAt("d", "13"));
    void watch.sink.delete(objectAt("b", "14"));
    void watch.sink.delete(objectAt("d", "12", "an older one of the name"));
    void watch.sink.apply(objectAt("c", "15"));
    void watch.sink.apply(objectAt("c", "14"));
    void watch.sink.synced("15");
    expect(consumer.take()).toEqual(["b@2 - last b@2", "- c@15", "- d@13", "synced 15"]);
    expect(namesOf(member)).toEqual(["a@1", "c@15", "d@13"]);
  });
});

describe("joining at a version", () => {
  async function running() {
    const parts = begin();
    parts.join();
    parts.watch.list("10", objectAt("a", "1"), objectAt("b", "2"), objectAt("c", "3"));
    parts.watch.apply(objectAt("c", "11"));
    parts.watch.delete(objectAt("a", "12"));
    parts.watch.apply(objectAt("b", "13", "another"));
    parts.watch.apply(objectAt("d", "14"));
    parts.watch.sink.progress("15");
    await microtask();
    return parts;
  }

  test.each([
    ["10", "- c@11", "missed default/a a 12", "missed default/b b 13", "- b@13", "- d@14"],
    ["11", "missed default/a a 12", "missed default/b b 13", "- b@13", "- d@14"],
    ["12", "missed default/b b 13", "- b@13", "- d@14"],
    ["13", "- d@14"],
    ["14"],
    ["15"],
  ])("%s tells what is newer, oldest first, then changes", async (from, ...told) => {
    const { watch, join } = await running();
    const { consumer } = join(from);
    expect(consumer.told).toEqual([]);
    await microtask();
    expect(consumer.take()).toEqual([...told, "synced 15"]);
    watch.apply(objectAt("d", "16"));
    expect(consumer.take()).toEqual(["d@14 d@16", "progress 16"]);
  });

  test.each(["9", "1", "0", "", "opaque"])("%j, from which on not all is known, tells everything", async (from) => {
    const { join } = await running();
    const { consumer } = join(from);
    await microtask();
    expect(consumer.take()).toEqual(["fresh", "- b@13", "- c@11", "- d@14", "synced 15"]);
  });

  test("waits for the collection, and begins with everything where that is newer", async () => {
    const { watch, join } = begin();
    const [older, same] = [join("9"), join("10")];
    await microtask();
    watch.list("10", objectAt("a", "1"));
    expect(older.consumer.take()).toEqual(["fresh", "- a@1", "synced 10"]);
    expect(same.consumer.take()).toEqual(["synced 10"]);
    expect(namesOf(same.member)).toEqual(["a@1"]);
  });

  test("before the newest list tells everything: what came and went in between is not known", async () => {
    const { watch, join } = await running();
    watch.list("20", objectAt("a", "1"));
    const { consumer } = join("15");
    await microtask();
    expect(consumer.take()).toEqual(["fresh", "- a@1", "synced 20"]);
  });

  test("tells everything where the server's versions do not compare", async () => {
    const { watch, join } = await running();
    watch.sink.progress("opaque");
    const { consumer } = join("15");
    await microtask();
    expect(consumer.take()[0]).toBe("fresh");
  });

  test("knows of the last 10,000 deletions", async () => {
    const { watch, join } = await running();
    for (let nth = 0; nth < 10_000; nth += 1) {
      watch.apply(objectAt(`x${nth}`, `${1000 + 2 * nth}`));
      watch.delete(objectAt(`x${nth}`, `${1001 + 2 * nth}`));
    }
    const [forgotten, known] = [join("12"), join("13")];
    await microtask();
    expect(forgotten.consumer.told[0]).toBe("fresh");
    expect(known.consumer.told.slice(0, 3)).toEqual([
      "- d@14",
      "missed default/x0 x0 1001",
      "missed default/x1 x1 1003",
    ]);
    expect(known.consumer.told).toHaveLength(10_002);
  });

  describe("that is newer than the watch", () => {
    test("tells nothing up to it, and nothing twice", async () => {
      const { watch, join } = await running();
      const { consumer } = join("17");
      await microtask();
      expect(consumer.take()).toEqual(["synced 17"]);
      watch.apply(objectAt("c", "16"));
      watch.delete(objectAt("d", "17"));
      expect(consumer.take()).toEqual(["progress 17"]);
      watch.apply(objectAt("b", "18", "another"));
      expect(consumer.take()).toEqual(["b@13 b@18", "progress 18"]);
      // Whoever came with a version may know objects of which it was never told.
      watch.list("20", objectAt("b", "18", "another"), objectAt("c", "16"), objectAt("d", "19"));
      expect(consumer.take()).toEqual(["fresh", "- b@18", "- c@16", "- d@19", "synced 20"]);
    });

    test("tells everything when a list comes that was made without it", async () => {
      const { watch, join } = await running();
      const { consumer } = join("17");
      await microtask();
      consumer.take();
      watch.list("16", objectAt("a", "16", "third"));
      expect(consumer.take()).toEqual(["fresh", "- a@16", "synced 16"]);
      watch.apply(objectAt("a", "17", "third"));
      expect(consumer.take()).toEqual(["a@16 a@17", "progress 17"]);
    });

    test("tells everything when the server never gets there: it is of another history", async () => {
      const { watch, join, clock } = await running();
      const { consumer } = join("1000");
      await microtask();
      consumer.take();
      await clock.advance(89_000);
      watch.apply(objectAt("c", "16"));
      expect(consumer.take()).toEqual([]);
      await clock.advance(1000);
      watch.sink.progress("17");
      expect(consumer.take()).toEqual(["fresh", "- b@13", "- c@16", "- d@14", "synced 17"]);
      watch.apply(objectAt("c", "18"));
      expect(consumer.take()).toEqual(["c@16 c@18", "progress 18"]);
    });
  });
});

describe("leaving", () => {
  test("ends what one is told, and the watch with the last", async () => {
    const { watch, shared, join } = begin();
    const [one, other] = [join(), join()];
    watch.list("5", objectAt("a", "1"));
    one.consumer.take();
    one.member.leave();
    one.member.leave();
    watch.apply(objectAt("a", "6"));
    expect([one.consumer.told, watch.stops, shared.over]).toEqual([[], 0, false]);
    other.member.leave();
    other.member.leave();
    expect([watch.stops, shared.over, shared.ended]).toEqual([1, true, 1]);
    expect(other.consumer.told).not.toContain("stopped");
  });

  test("before anything was told, is told nothing", async () => {
    const { watch, join } = begin();
    join();
    watch.list("5", objectAt("a", "1"));
    const { consumer, member } = join();
    member.leave();
    await microtask();
    expect(consumer.told).toEqual([]);
  });

  test.each(["fresh", "- a@1", "- b@2", "synced 5"])("within %j ends it there", async (line) => {
    const { watch, join } = begin();
    const [one, other] = [join(), join()];
    one.consumer.on = (told) => told === line && one.member.leave();
    watch.list("5", objectAt("a", "1"), objectAt("b", "2"));
    watch.apply(objectAt("a", "6"));
    const all = ["fresh", "- a@1", "- b@2", "synced 5", "a@1 a@6", "progress 6"];
    expect(one.consumer.told).toEqual(all.slice(0, all.indexOf(line) + 1));
    expect(other.consumer.told).toEqual(all);
  });

  test.each(["missed default/b b 6", "- a@7"])("within %j, after joining at a version, ends it there", async (line) => {
    const { watch, join } = begin();
    join();
    watch.list("5", objectAt("a", "1"), objectAt("b", "2"));
    watch.delete(objectAt("b", "6"));
    watch.apply(objectAt("a", "7"));
    const { consumer, member } = join("5");
    consumer.on = (told) => told === line && member.leave();
    await microtask();
    expect(consumer.told.at(-1)).toBe(line);
  });

  test("of one within what another is told takes effect at once", () => {
    const { watch, join } = begin();
    const [one, other] = [join(), join()];
    watch.list("5", objectAt("a", "1"), objectAt("b", "2"));
    other.consumer.take();
    one.consumer.on = (line) => line === "a@1 a@6" && other.member.leave();
    watch.list("6", objectAt("a", "6"), objectAt("b", "6"));
    expect(other.consumer.told).toEqual([]);
    expect(one.consumer.told.slice(-3)).toEqual(["a@1 a@6", "b@2 b@6", "synced 6"]);
  });

  test("the last within what it is told stops the watch once", () => {
    const { watch, join } = begin();
    const { consumer, member } = join();
    consumer.on = () => member.leave();
    watch.list("5", objectAt("a", "1"));
    expect([consumer.told, watch.stops]).toEqual([["fresh"], 1]);
  });
});

describe("joining within what another is told", () => {
  test.each(["fresh", "- a@1", "synced 5"])("at the first list, within %j, tells everything once", async (line) => {
    const { watch, join } = begin();
    const { consumer } = join();
    const joined: Recorder[] = [];
    consumer.on = (told) => told === line && joined.push(join().consumer);
    watch.list("5", objectAt("a", "1"), objectAt("b", "2"));
    await microtask();
    expect(joined.map(({ told }) => told)).toEqual([["fresh", "- a@1", "- b@2", "synced 5"]]);
  });

  test.each(["b@2 b@6", "synced 6"])("at another list, within %j, tells what came of it", async (line) => {
    const { watch, join } = begin();
    const { consumer } = join();
    watch.list("5", objectAt("a", "1"), objectAt("b", "2"));
    const joined: Recorder[] = [];
    consumer.on = (told) => told === line && joined.push(join().consumer, join("5").consumer, join("6").consumer);
    watch.list("6", objectAt("b", "6"), objectAt("c", "6"));
    expect(joined.map(({ told }) => told)).toEqual([[], [], []]);
    await microtask();
    const all = ["fresh", "- b@6", "- c@6", "synced 6"];
    expect(joined.map(({ told }) => told)).toEqual([all, all, ["synced 6"]]);
  });

  test("at a change, tells the change as part of all", async () => {
    const { watch, join } = begin();
    const { consumer } = join();
    watch.list("5", objectAt("a", "1"));
    const joined: Recorder[] = [];
    consumer.on = (told) => told === "a@1 a@6" && joined.push(join().consumer);
    watch.apply(objectAt("a", "6"));
    await microtask();
    expect(joined.map(({ told }) => told)).toEqual([["fresh", "- a@6", "synced 6"]]);
  });
});

describe("the end of the watch", () => {
  test.each([
    { state: "gone", told: ["a@1 - last a@1", "gone"], kept: [] },
    { state: "stopped", told: ["stopped"], kept: ["a@1"] },
  ] as const)(
    "that is $state by itself is told, with the objects that went with it, and nobody is to join any more",
    async ({ state, told, kept }) => {
      const { watch, shared, join } = begin();
      const { consumer, member } = join();
      watch.list("5", objectAt("a", "1"));
      consumer.take();
      watch.health({ state });
      expect([consumer.take(), shared.over, shared.ended]).toEqual([told, true, 1]);
      expect([namesOf(member), member.health.state]).toEqual([kept, state]);
      member.leave();
      expect([watch.stops, shared.ended]).toEqual([0, 1]);
    },
  );

  test("right at its start, as where the cluster is closed, is seen by who joins", async () => {
    const watch = new DrivenWatch();
    const ended = vi.fn<() => void>();
    const shared = startSharedWatch<AnyObject>({
      start(sink) {
        const running = watch.start(sink);
        watch.health({ state: "stopped" });
        return running;
      },
      hold: { id: "objects", value: (object) => object, same: sameJson },
      clock: createVirtualClock(),
      ended,
    });
    expect([shared.over, ended.mock.calls.length]).toEqual([true, 1]);
    const consumer = new Recorder();
    const member = shared.join({}, consumer);
    await microtask();
    expect([member.health.state, consumer.told]).toEqual(["stopped", []]);
    member.leave();
  });
});

test("a consumer that throws hinders neither the watch, nor others, nor itself later; its error is nobody's secret", async () => {
  const uncaught: unknown[] = [];
  const { queueMicrotask } = globalThis;
  vi.stubGlobal("queueMicrotask", (act: () => void) =>
    queueMicrotask(() => {
      try {
        act();
      } catch (error) {
        uncaught.push((error as Error).message);
      }
    }),
  );
  const { watch, join } = begin();
  const [bad, good] = [join(), join()];
  bad.consumer.on = (line) => {
    throw new Error(line);
  };
  watch.list("5", objectAt("a", "1"));
  watch.apply(objectAt("a", "6"));
  watch.delete(objectAt("a", "7"));
  watch.health({ state: "recovering" });
  const late = join("5");
  late.consumer.on = bad.consumer.on;
  await microtask();
  await microtask();
  const all = ["fresh", "- a@1", "synced 5", "a@1 a@6", "progress 6", "a@6 - last a@7", "progress 7", "recovering"];
  expect(good.consumer.told).toEqual(all);
  expect(bad.consumer.told).toEqual(all);
  expect(uncaught).toEqual([...all, "missed default/a a 7", "synced 7"]);
});
