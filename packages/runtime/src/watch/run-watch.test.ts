import { ConnectionError, InputError, type KubernetesObject, StatusError, type Stored } from "@kubewright/core";
import { expect, test, vi } from "vitest";
import { createScriptedSource, objectAt, type ScriptedSource } from "../../../../test/support/scripted-source.ts";
import { runWatch, type RunningWatch } from "./run-watch.ts";
import type { WatchHealth } from "./watch-health.ts";
import type { WatchSettings } from "./watch-settings.ts";
import type { WatchSink } from "./watch-sink.ts";

type AnyObject = Stored<KubernetesObject>;

const wanted = { managedFields: false, select: undefined, shareStrings: true };

/** Writes down what it is told. */
function recordingSink(hold?: (object: AnyObject) => void | Promise<void>): {
  readonly sink: WatchSink<AnyObject>;
  readonly told: string[];
  readonly healths: WatchHealth[];
} {
  const told: string[] = [];
  const healths: WatchHealth[] = [];
  const nameOf = ({ metadata: { name, resourceVersion } }: AnyObject): string => `${name}@${resourceVersion}`;
  return {
    told,
    healths,
    sink: {
      init: () => void told.push("init"),
      apply(object) {
        told.push(`apply ${nameOf(object)}`);
        return hold?.(object);
      },
      delete: (object) => void told.push(`delete ${nameOf(object)}`),
      synced: (version) => void told.push(`synced ${version}`),
      progress: (version) => void told.push(`progress ${version}`),
      health: (health) => void healths.push(health),
    },
  };
}

function run(
  scripted: ScriptedSource,
  settings: Partial<WatchSettings> = {},
  hold?: Parameters<typeof recordingSink>[0],
) {
  const recording = recordingSink(hold);
  const running: RunningWatch = runWatch(scripted.source, { wanted, ...settings }, recording.sink);
  return { ...recording, running };
}

test("what a watch says reaches the sink in order; the next request goes on where it stood", async () => {
  const scripted = createScriptedSource();
  const { told, running } = run(scripted, { labelSelector: "app=web" });
  expect(scripted.last).toMatchObject({
    verb: "watch",
    wanted,
    options: {
      labelSelector: "app=web",
      sendInitialEvents: true,
      resourceVersionMatch: "NotOlderThan",
      allowWatchBookmarks: true,
    },
  });
  expect(scripted.last.options.resourceVersion).toBeUndefined();
  await scripted.last.open();
  await scripted.last.say("ADDED", objectAt("a", "5"));
  await scripted.last.bookmark("7", true);
  await scripted.last.say("MODIFIED", objectAt("a", "8"));
  await scripted.last.say("DELETED", objectAt("a", "9"));
  await scripted.last.bookmark("12");
  expect(told).toEqual([
    "init",
    "apply a@5",
    "synced 7",
    "apply a@8",
    "progress 8",
    "delete a@9",
    "progress 9",
    "progress 12",
  ]);
  await scripted.last.fail(new ConnectionError("Disconnected: it broke"));
  await scripted.clock.advance(1_000);
  expect(scripted.asked).toHaveLength(2);
  expect(scripted.last).toMatchObject({ verb: "watch", options: { resourceVersion: "12", allowWatchBookmarks: true } });
  expect(scripted.last.options.sendInitialEvents).toBeUndefined();
  expect(running.health()).toMatchObject({
    state: "recovering",
    synced: true,
    restarts: 1,
    resourceVersion: "12",
    error: { name: "ConnectionError" },
  });
  await scripted.last.open();
  expect(running.health()).toMatchObject({ state: "streaming", error: undefined });
  running.stop();
  await running.ended;
  expect(scripted.last.aborted).toBe(true);
  expect(scripted.clock.pending).toBe(0);
});

test("pages are told as they come", async () => {
  const scripted = createScriptedSource();
  const { told, running } = run(scripted, { quorum: true });
  await scripted.last.fail(new StatusError({ reason: "Invalid", message: "sendInitialEvents: Forbidden" }, 422));
  expect(scripted.last).toMatchObject({ verb: "list", options: { limit: 500 } });
  await scripted.last.page("9", [objectAt("a", "1")], "next");
  expect(scripted.last.options).toMatchObject({ limit: 500, continue: "next" });
  await scripted.last.page("9", [objectAt("b", "2")]);
  expect(told).toEqual(["init", "apply a@1", "apply b@2", "synced 9"]);
  running.stop();
  await running.ended;
});

test("that a server has no lists as watches is known to the next watch over the connection", async () => {
  const scripted = createScriptedSource();
  const first = run(scripted);
  await scripted.last.fail(new StatusError({ reason: "Invalid", message: "sendInitialEvents: Forbidden" }, 422));
  expect(scripted.last).toMatchObject({ verb: "list", options: { resourceVersion: "0" } });
  const second = run(scripted);
  expect(scripted.last).toMatchObject({ verb: "list", options: { resourceVersion: "0" } });
  for (const { running } of [first, second]) {
    running.stop();
    await running.ended;
  }
});

test("what a sink holds back holds back the watch, and its time does not count as silence", async () => {
  const scripted = createScriptedSource();
  let release = (): void => {};
  const hold = ({ metadata: { name } }: AnyObject): Promise<void> | undefined =>
    name === "slow" ? new Promise((resolve) => (release = resolve)) : undefined;
  const { told, running } = run(scripted, {}, hold as never);
  const watch = scripted.last;
  await watch.open();
  await watch.bookmark("7", true);
  await watch.say("ADDED", objectAt("slow", "8"));
  await watch.say("ADDED", objectAt("next", "9"));
  expect(told).not.toContain("apply next@9");
  await scripted.clock.advance(3_600_000);
  expect(watch.aborted).toBe(false);
  release();
  await scripted.clock.settle();
  expect(told).toContain("apply next@9");
  running.stop();
  await running.ended;
});

test("a server that went back is found by asking for one object, once for all watches that broke with it", async () => {
  const scripted = createScriptedSource();
  const runs = [run(scripted), run(scripted)];
  const watches = scripted.asked.slice();
  for (const watch of watches) {
    await watch.open();
    await watch.bookmark("700", true);
  }
  for (const watch of watches) await watch.fail(new ConnectionError("Disconnected: it broke"));
  await scripted.clock.advance(1_000);
  const silent = scripted.asked.slice(2);
  for (const watch of silent) await watch.open();
  await scripted.clock.advance(1_000);
  expect(scripted.asked.slice(4)).toMatchObject([{ verb: "list", options: { limit: 1 } }]);
  expect(scripted.last.options.resourceVersion).toBeUndefined();
  await scripted.last.page("300", [objectAt("a", "250")]);
  expect(silent.map(({ aborted }) => aborted)).toEqual([true, true]);
  for (const watch of scripted.asked.slice(5)) {
    await watch.open();
    await watch.say("ADDED", objectAt("a", "250"));
    await watch.bookmark("300", true);
  }
  for (const { told, running } of runs) {
    expect(told.slice(-3)).toEqual(["init", "apply a@250", "synced 300"]);
    running.stop();
    await running.ended;
  }
});

test("a check that fails leaves the watch as it is, and is made again; one that is refused is not", async () => {
  for (const refused of [false, true]) {
    const scripted = createScriptedSource();
    const { running } = run(scripted);
    await scripted.last.open();
    await scripted.last.bookmark("700", true);
    await scripted.last.fail(new ConnectionError("Disconnected: it broke"));
    await scripted.clock.advance(1_000);
    const watch = scripted.last;
    await watch.open();
    await scripted.clock.advance(1_000);
    const error = refused
      ? new StatusError({ reason: "Forbidden" }, 403)
      : new ConnectionError("Disconnected: it broke");
    await scripted.last.fail(error);
    expect(watch.aborted).toBe(false);
    await watch.say("ADDED", objectAt("a", "701"));
    expect(running.health()).toMatchObject({ state: "streaming", resourceVersion: "701" });
    await scripted.clock.advance(60_000);
    expect(scripted.asked).toHaveLength(refused ? 3 : 4);
    running.stop();
    await running.ended;
  }
});

test("stopped from within the sink, it says nothing more", async () => {
  const scripted = createScriptedSource();
  const { told, running } = run(scripted, {}, () => running.stop());
  await scripted.last.open();
  await scripted.last.say("ADDED", objectAt("a", "1"));
  await scripted.last.say("ADDED", objectAt("b", "2"));
  await running.ended;
  expect(told).toEqual(["init", "apply a@1"]);
  expect(running.health().state).toBe("stopped");
});

test("what a sink throws breaks the request off, and is healed like any failure", async () => {
  const scripted = createScriptedSource();
  const error = new Error("mine");
  let throws = true;
  const { told, running } = run(scripted, {}, () => {
    if (throws) throw error;
  });
  await scripted.last.open();
  await scripted.last.say("ADDED", objectAt("a", "1"));
  expect(running.health()).toMatchObject({ state: "recovering", error });
  throws = false;
  await scripted.clock.advance(2_000);
  expect(scripted.last.verb).toBe("list");
  await scripted.last.page("9", [objectAt("a", "1")]);
  expect(told.slice(-3)).toEqual(["init", "apply a@1", "synced 9"]);
  running.stop();
  await running.ended;
});

test("closing the cluster ends it; after that nothing begins", async () => {
  const scripted = createScriptedSource();
  const { running } = run(scripted);
  scripted.close();
  await running.ended;
  expect(scripted.last.aborted).toBe(true);
  const late = run(scripted);
  await late.running.ended;
  expect(scripted.asked).toHaveLength(1);
  expect(late.running.health().state).toBe("stopped");
});

test("an error that would come again each time ends it, and stands in its health", async () => {
  const scripted = createScriptedSource();
  const { running, healths } = run(scripted);
  const error = new InputError("fieldSelector", "wrong");
  await scripted.last.fail(error);
  await running.ended;
  expect(running.health()).toMatchObject({ state: "stopped", error });
  expect(healths.at(-1)).toMatchObject({ state: "stopped", error });
});

test("health tells each change of state once, and no event", async () => {
  const scripted = createScriptedSource();
  const { running, healths } = run(scripted);
  await scripted.last.open();
  for (let version = 1; version < 100; version++) await scripted.last.say("ADDED", objectAt("a", String(version)));
  await scripted.last.bookmark("100", true);
  for (let version = 101; version < 200; version++) await scripted.last.say("MODIFIED", objectAt("a", String(version)));
  expect(healths.map(({ state }) => state)).toEqual(["listing", "streaming"]);
  expect(running.health().lastEventAt).toEqual(new Date(scripted.clock.wallNow()));
  running.stop();
  await running.ended;
  expect(healths.at(-1)?.state).toBe("stopped");
});

test("lists and watches are counted under the names of client-go's reflector", async () => {
  const count = vi.fn<(name: string, labels: object) => void>();
  const observe = vi.fn<(name: string, value: number, labels: object) => void>();
  const scripted = createScriptedSource({
    metrics: { count, observe },
    descriptor: { group: "apps", plural: "deployments" },
  });
  const { running } = run(scripted);
  await scripted.last.fail(new StatusError({ reason: "Invalid", message: "sendInitialEvents: Forbidden" }, 422));
  await scripted.clock.advance(2_000);
  await scripted.last.page("9", [objectAt("a", "1"), objectAt("b", "2")]);
  await scripted.last.open();
  await scripted.last.say("MODIFIED", objectAt("a", "10"));
  await scripted.clock.advance(60_000);
  await scripted.last.end();
  const labels = { name: "deployments.apps" };
  expect(count.mock.calls).toEqual([
    ["reflector_watches_total", labels],
    ["reflector_short_watches_total", labels],
    ["reflector_lists_total", labels],
    ["reflector_watches_total", labels],
  ]);
  expect(observe.mock.calls).toEqual([
    ["reflector_watch_duration_seconds", 0, labels],
    ["reflector_items_per_watch", 0, labels],
    ["reflector_list_duration_seconds", 2, labels],
    ["reflector_items_per_list", 2, labels],
    ["reflector_watch_duration_seconds", 60, labels],
    ["reflector_items_per_watch", 1, labels],
  ]);
  running.stop();
  await running.ended;
});

test("a thousand watches, each broken and healed once, leave nothing behind", async () => {
  const scripted = createScriptedSource();
  const runs = Array.from({ length: 1_000 }, () => run(scripted));
  for (const request of scripted.asked.slice()) void request.fail(new ConnectionError("Disconnected: it broke"));
  await scripted.clock.advance(2_000);
  expect(scripted.asked).toHaveLength(2_000);
  for (const { running } of runs) running.stop();
  await Promise.all(runs.map(({ running }) => running.ended));
  expect(scripted.clock.pending).toBe(0);
  expect(scripted.asked.every(({ aborted }, index) => aborted === index >= 1_000)).toBe(true);
});
