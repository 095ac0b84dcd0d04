import type { KubernetesObject, Stored } from "@kubewright/core";
import { expect, test } from "vitest";
import { DrivenWatch } from "../../../../test/support/driven-watch.ts";
import { objectAt } from "../../../../test/support/scripted-source.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { sameJson } from "./same-json.ts";
import { startSharedWatch } from "./shared-watch.ts";

/** A watch of a relay, which knows `a` at 5 and all up to 10; who joins notes what it is told. */
function begin() {
  const watch = new DrivenWatch();
  const shared = startSharedWatch<Stored<KubernetesObject>>({
    start: (sink) => watch.start(sink),
    hold: { id: "objects", value: (object) => object, same: sameJson },
    clock: createVirtualClock(),
    ended() {},
  });
  const join = async (from?: string): Promise<string[]> => {
    const told: string[] = [];
    const note = (line: string): void => void told.push(line);
    shared.join(
      { from },
      {
        fresh: () => note("fresh"),
        change: (before, after) => note(`${before?.name ?? "-"} ${after?.name ?? "-"}`),
        missed: ({ key, resourceVersion }) => note(`missed ${key}@${resourceVersion}`),
        synced: (version) => note(`synced ${version}`),
        progress: () => {},
        health: () => {},
      },
    );
    await Promise.resolve();
    return told;
  };
  watch.list("10", objectAt("a", "5"));
  return { watch, join };
}

test("who came with a version hears of the deletion of what the watch never held, and so does who comes later", async () => {
  const { watch, join } = begin();
  const [whole, since, ahead, further] = [await join(), await join("10"), await join("15"), await join("25")];
  watch.delete(objectAt("x", "20"));
  expect(whole).toEqual(["fresh", "- a", "synced 10"]);
  expect(since).toEqual(["synced 10", "missed default/x@20"]);
  expect(ahead).toEqual(["synced 15", "missed default/x@20"]);
  expect(further).toEqual(["synced 25"]);
  expect(await join("19")).toEqual(["missed default/x@20", "synced 20"]);
  expect(await join("20")).toEqual(["synced 20"]);
});

test("a deletion that comes late is told to all, also to who is ahead; who comes with a version known before begins anew", async () => {
  const { watch, join } = begin();
  const [since, ahead] = [await join("10"), await join("15")];
  void watch.sink.delete(objectAt("a", "5"));
  expect(since).toEqual(["synced 10", "a -"]);
  expect(ahead).toEqual(["synced 15", "a -"]);
  expect(await join("10")).toEqual(["fresh", "synced 10"]);
  watch.apply(objectAt("b", "11"));
  expect(await join("11")).toEqual(["synced 11"]);
});

test("where something may have come and gone unseen, who came with a version begins anew, and who comes with one up to then", async () => {
  const { watch, join } = begin();
  const [whole, since] = [await join(), await join("10")];
  watch.sink.unseen?.("15");
  expect(whole).toHaveLength(3);
  expect(since).toEqual(["synced 10", "fresh", "- a", "synced 10"]);
  watch.apply(objectAt("b", "20"));
  expect(await join("15")).toEqual(["fresh", "- a", "- b", "synced 20"]);
  expect(await join("16")).toEqual(["- b", "synced 20"]);
  // What was known before is no news.
  watch.sink.unseen?.("9");
  expect((await join("15"))[0]).toBe("fresh");
  expect(await join("16")).toEqual(["- b", "synced 20"]);
});

test("what is forgotten stays so, however much is deleted since", async () => {
  const { watch, join } = begin();
  await join();
  watch.sink.unseen?.("30000");
  for (let version = 11; version < 10_020; version += 1) watch.delete(objectAt(`x${version}`, `${version}`));
  watch.sink.progress("40000");
  expect((await join("25000"))[0]).toBe("fresh");
  expect(await join("30001")).toEqual(["synced 40000"]);
});
