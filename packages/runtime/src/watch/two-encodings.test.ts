import { createCluster, type KubernetesObject, sourceOf, type Stored } from "@kubewright/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeCodec, protobufType, speakingProtobuf } from "../../../../test/support/fake-protobuf.ts";
import { podResource, type Pod } from "../../../../test/support/memory-cluster.ts";
import { createMemoryServer } from "../../../../test/support/memory-server.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { runWatch } from "./run-watch.ts";
import { rememberNoWatchList } from "./without-watch-list.ts";

type AnyObject = Stored<KubernetesObject>;

const wanted = { managedFields: false, select: undefined, shareStrings: true };
/** A spec that the schema does not know whole. */
const newer = { newField: 1 };

/** A watch over a server in memory that speaks protobuf, and what it told. */
function setUp({ list = false }: { readonly list?: boolean } = {}) {
  const clock = createVirtualClock();
  const server = createMemoryServer();
  const encodings: string[] = [];
  const cluster = createCluster({
    clock,
    protobuf: () => fakeCodec,
    onWarning: () => {},
    transport: speakingProtobuf({
      ...server,
      send(request) {
        encodings.push(request.headers["accept"]?.join().includes(protobufType) === true ? "protobuf" : "json");
        return server.send(request);
      },
    }),
  });
  const source = sourceOf(cluster.resource<Pod>(podResource));
  if (list) rememberNoWatchList(source);
  const told: string[] = [];
  const state = new Map<string, AnyObject>();
  const nameOf = ({ metadata }: AnyObject): string => `${metadata.name}@${metadata.resourceVersion}`;
  const start = () =>
    runWatch(
      source,
      { wanted },
      {
        init() {
          told.push("init");
          state.clear();
        },
        apply(object) {
          told.push(`apply ${nameOf(object)}`);
          state.set(object.metadata.name, object);
        },
        delete(object) {
          told.push(`delete ${nameOf(object)}`);
          state.delete(object.metadata.name);
        },
        synced: (version) => void told.push(`synced ${version}`),
        progress: () => {},
        health: () => {},
      },
    );
  return { clock, server, encodings, told, state, start };
}

const seconds = 1000;

test("among the objects that a watch begins with, it begins again: none is missing, and what came before is void", async () => {
  const { clock, server, encodings, told, start } = setUp();
  server.put("a");
  server.put("b", { spec: newer });
  server.put("c");
  const running = start();
  await clock.advance(2 * seconds);
  expect(told).toEqual(["init", "apply a@2", "init", "apply a@2", "apply b@3", "apply c@4", "synced 4"]);
  expect(encodings).toEqual(["protobuf", "json"]);
  expect(running.health()).toMatchObject({ state: "streaming", error: undefined });
  running.stop();
});

test("a list is read again as JSON, unseen", async () => {
  const { clock, server, encodings, told, start } = setUp({ list: true });
  server.put("a");
  server.put("b", { spec: newer });
  const running = start();
  await clock.settle();
  expect(told).toEqual(["init", "apply a@2", "apply b@3", "synced 3"]);
  expect(encodings).toEqual(["protobuf", "json", "json"]);
  expect(running.health()).toMatchObject({ state: "streaming", error: undefined, restarts: 0 });
  running.stop();
});

test.each([{ list: false }, { list: true }])("a watch goes on as JSON, unseen: $list", async ({ list }) => {
  const { clock, server, encodings, told, start } = setUp({ list });
  server.put("a");
  const running = start();
  await clock.settle();
  server.put("b");
  server.put("a", { spec: newer });
  server.put("a");
  server.delete("b");
  server.put("c", { spec: newer });
  await clock.settle();
  expect(told).toEqual([
    "init",
    "apply a@2",
    "synced 2",
    "apply b@3",
    "apply a@4",
    "apply a@5",
    "delete b@6",
    "apply c@7",
  ]);
  expect(encodings).toEqual(list ? ["protobuf", "protobuf", "json"] : ["protobuf", "json"]);
  expect(server.asked.at(-1)).toContain("resourceVersion=3");
  expect(server.watches).toBe(1);
  expect(running.health()).toMatchObject({ state: "streaming", error: undefined, restarts: 0 });
  running.stop();
});

test("a watch whose last version the server no longer has reads the collection anew", async () => {
  const { clock, server, told, state, start } = setUp();
  server.put("a");
  const running = start();
  await clock.settle();
  // In one turn: the watch hears of it when the server has forgotten.
  server.put("a", { spec: newer });
  server.compact();
  await clock.advance(2 * seconds);
  expect(told).toEqual(["init", "apply a@2", "synced 2", "init", "apply a@3", "synced 3"]);
  expect(state.get("a")).toMatchObject({ spec: newer });
  running.stop();
});

interface Step {
  readonly act: "put" | "delete" | "bookmark" | "end" | "break" | "compact" | "wait";
  readonly name: string;
  readonly newer: boolean;
}

const steps = fc.array(
  fc.record<Step>({
    act: fc.oneof(
      { weight: 8, arbitrary: fc.constant("put" as const) },
      { weight: 2, arbitrary: fc.constant("delete" as const) },
      { weight: 2, arbitrary: fc.constant("wait" as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom("bookmark" as const, "end" as const, "break" as const, "compact" as const),
      },
    ),
    name: fc.constantFrom("a", "b", "c"),
    newer: fc.nat({ max: 4 }).map((n) => n === 0),
  }),
  { maxLength: 40 },
);

test("whatever happens, and whenever the schema proves too old: no change is told twice, none is missing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.nat({ max: 10 }), steps, async (list, before, all) => {
      const { clock, server, told, state, start } = setUp({ list });
      let running = before === 0 ? start() : undefined;
      const stored = new Map<string, AnyObject>();
      const changes: string[] = [];
      for (const [index, step] of all.entries()) {
        const { act, name } = step;
        if (index === before) running ??= start();
        if (act === "put") {
          const object = server.put(name, { spec: step.newer ? newer : {} });
          stored.set(name, object);
          changes.push(`apply ${name}@${object.metadata.resourceVersion}`);
        } else if (act === "delete" && stored.has(name)) {
          const { metadata } = server.delete(name);
          stored.delete(name);
          changes.push(`delete ${name}@${metadata.resourceVersion}`);
        } else if (act === "wait") await clock.advance(5 * seconds);
        else if (act === "bookmark") server.bookmark();
        else if (act === "end") server.endWatches();
        else if (act === "compact") server.compact();
        else if (act === "break") {
          server.disconnect();
          server.connect();
        }
      }
      running ??= start();
      await clock.advance(60 * seconds);
      expect(running.health()).toMatchObject({ state: "streaming", error: undefined });
      const versions = (objects: ReadonlyMap<string, AnyObject>) =>
        Object.fromEntries([...objects].map(([name, { metadata }]) => [name, metadata.resourceVersion]));
      expect(versions(state)).toEqual(versions(stored));
      // Behind what a collection began with, each change came once, in order, and all of them did.
      const parts = told.join("\n").split("init\n");
      for (const part of parts) {
        const [, behind] = part.split(/synced \d+\n?/);
        if (behind === undefined || behind === "") continue;
        const lines = behind.trim().split("\n");
        const from = changes.indexOf(lines[0]!);
        expect(lines).toEqual(changes.slice(from, from + lines.length));
      }
      // The last part goes up to the end.
      const last = parts.at(-1)!.trim().split("\n").at(-1)!;
      if (!last.startsWith("synced")) expect(last).toBe(changes.at(-1));
      expect(server.watches).toBe(1);
      running.stop();
      await running.ended;
      expect(server.watches).toBe(0);
    }),
    { numRuns: 200 },
  );
});
