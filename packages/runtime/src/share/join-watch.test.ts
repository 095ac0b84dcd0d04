import type { KubernetesObject, Stored } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { createScriptedSource, objectAt } from "../../../../test/support/scripted-source.ts";
import type { WatchSettings } from "../watch/watch-settings.ts";
import type { Consumer, Join, Membership } from "./consumer.ts";
import type { Hold } from "./held.ts";
import { joinWatch } from "./join-watch.ts";
import { sameJson } from "./same-json.ts";

type AnyObject = Stored<KubernetesObject>;

const wanted = { managedFields: false, select: undefined, shareStrings: true };
const objects: Hold<AnyObject> = { id: "objects", value: (object) => object, same: sameJson };

/** A consumer that writes down what it is told. */
function recorder(): Consumer<unknown> & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    fresh: () => void told.push("fresh"),
    change: (before, after) => void told.push(`${before?.resourceVersion ?? "-"} ${after?.key ?? "-"}`),
    missed: ({ key }) => void told.push(`missed ${key}`),
    synced: (version) => void told.push(`synced ${version}`),
    progress: (version) => void told.push(`progress ${version}`),
    health: ({ state }) => void told.push(state),
  };
}

function connected() {
  const scripted = createScriptedSource();
  const join = (
    settings: Partial<WatchSettings> = {},
    how: Join = {},
    source = scripted.source,
    hold: Hold<unknown> = objects as Hold<unknown>,
  ) => {
    const consumer = recorder();
    const member: Membership<unknown> = joinWatch(source, { wanted, ...settings }, hold, how, consumer);
    return { ...consumer, member };
  };
  const { source, asked, clock, close } = scripted;
  return { scripted, source, asked, clock, close, join };
}

/** Joins in both ways, and says how many watches there are. */
function watchesOf(one: Partial<WatchSettings>, other: Partial<WatchSettings>): number {
  const { join, asked } = connected();
  join(one);
  join(other);
  return asked.length;
}

describe("one watch", () => {
  test("serves all who ask for the same, from the first to the last", async () => {
    const { join, asked, scripted } = connected();
    const first = join({ labelSelector: "app=web" });
    const second = join({ labelSelector: "app=web" });
    expect(asked).toHaveLength(1);
    await scripted.last.open();
    await scripted.last.say("ADDED", objectAt("a", "5"));
    expect([first.told, second.told]).toEqual([[], []]);
    await scripted.last.bookmark("6", true);
    const third = join({ labelSelector: "app=web" }, { from: "6" });
    await scripted.last.say("MODIFIED", objectAt("a", "7"));
    const common = ["fresh", "- default/a", "synced 6", "streaming", "5 default/a", "progress 7"];
    expect([first.told, second.told]).toEqual([common, common]);
    expect(third.told).toEqual(["synced 6", "5 default/a", "progress 7"]);
    expect([...first.member.entries.values()]).toEqual([...third.member.entries.values()]);
    first.member.leave();
    second.member.leave();
    expect([asked.length, asked[0]?.aborted]).toEqual([1, false]);
    third.member.leave();
    expect(asked[0]?.aborted).toBe(true);
  });

  test("that ended is not joined any more: a new one begins", () => {
    const { join, asked } = connected();
    join().member.leave();
    const { member } = join();
    expect(asked.map(({ aborted }) => aborted)).toEqual([true, false]);
    join();
    expect(asked).toHaveLength(2);
    member.leave();
  });

  test("ends for all when the cluster is closed; who joins then sees that at once", async () => {
    const { join, asked, close, clock } = connected();
    const [first, second] = [join(), join()];
    close();
    await clock.settle();
    expect([first.told, second.told, asked[0]?.aborted]).toEqual([["stopped"], ["stopped"], true]);
    const late = [join(), join()];
    expect(late.map(({ member }) => member.health.state)).toEqual(["stopped", "stopped"]);
    expect(asked).toHaveLength(1);
    for (const { member } of [first, second, ...late]) member.leave();
    expect(clock.pending).toBe(0);
  });
});

describe("watches are shared", () => {
  test.each<[string, Partial<WatchSettings>, Partial<WatchSettings>]>([
    ["an option that is left out", {}, { labelSelector: undefined, token: undefined }],
    ["fields in another order", { labelSelector: { a: "1", b: "2" } }, { labelSelector: { b: "2", a: "1" } }],
    [
      "the same user",
      { impersonate: { user: "jane", groups: ["a", "b"] } },
      { impersonate: { groups: ["a", "b"], user: "jane" } },
    ],
    [
      "the same selection",
      { wanted: { ...wanted, select: { spec: { a: true, b: true } } } },
      { wanted: { select: { spec: { b: true, a: true } }, managedFields: false, shareStrings: true } },
    ],
  ])("with %s", (_, one, other) => {
    expect(watchesOf(one, other)).toBe(1);
  });

  test("by all clients of a collection over one connection", () => {
    const { source, join, asked } = connected();
    join({}, {}, source.in("shop"));
    join({}, {}, source.in("shop"));
    expect(asked).toHaveLength(1);
  });
});

describe("watches are not shared", () => {
  test.each<[string, Partial<WatchSettings>, Partial<WatchSettings>]>([
    ["label selectors", { labelSelector: "a=1" }, { labelSelector: "a=2" }],
    ["kinds of selector", { labelSelector: "a=1" }, { fieldSelector: "a=1" }],
    ["users", { impersonate: { user: "jane" } }, { impersonate: { user: "joe" } }],
    ["users, of whom one is the connection's own", {}, { impersonate: { user: "joe" } }],
    ["groups", { impersonate: { user: "jane", groups: ["a"] } }, { impersonate: { user: "jane", groups: ["a", "b"] } }],
    [
      "groups in another order",
      { impersonate: { user: "a", groups: ["b", "c"] } },
      { impersonate: { user: "a", groups: ["c", "b"] } },
    ],
    ["tokens", { token: "one" }, { token: "other" }],
    ["selections", { wanted: { ...wanted, select: { spec: true } } }, {}],
    ["wishes for managedFields", { wanted: { ...wanted, managedFields: true } }, {}],
    ["demands on the first state", { quorum: true }, {}],
    ["a list and a map", { labelSelector: { a: "1" } }, { labelSelector: [["a", "1"]] as never }],
  ])("between different %s", (_, one, other) => {
    expect(watchesOf(one, other)).toBe(2);
  });

  test("between namespaces, connections, and kinds of value", () => {
    const { source, join, asked } = connected();
    join();
    join({}, {}, source.in("shop"));
    join({}, {}, source, { id: "versions", value: ({ metadata }) => metadata.resourceVersion, same: Object.is });
    expect(asked).toHaveLength(3);
    const other = connected();
    other.join();
    expect(other.asked).toHaveLength(1);
  });
});

test("what is held is what the first asked to hold", async () => {
  const { source, join, scripted } = connected();
  const { member } = join({}, {}, source, { id: "names", value: ({ metadata }) => metadata.name, same: Object.is });
  await scripted.last.open();
  await scripted.last.say("ADDED", objectAt("a", "5"));
  await scripted.last.bookmark("6", true);
  expect([...member.entries.values()]).toEqual([
    { key: "default/a", namespace: "default", name: "a", uid: "a", resourceVersion: "5", value: "a" },
  ]);
});
