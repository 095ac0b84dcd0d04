import { informer } from "@kubewright/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryCluster } from "../../../../test/support/memory-cluster.ts";
import { createStore } from "./create-store.ts";
import type { Snapshot } from "./snapshot.ts";

type Seen = Snapshot<{ readonly metadata: { readonly namespace: string; readonly name: string } }>;

const name = fc.constantFrom("a", "b", "c", "d");
const namespace = fc.constantFrom("bank", "shop");
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("put" as const), name, namespace }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("delete" as const), name, namespace }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constantFrom("settle", "frame", "listen", "leave", "look", "end", "compact") }),
  },
);

test("whatever happens, whoever listens has what the informer has after a frame, and is told nothing twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { clock, server, pods } = createMemoryCluster();
      const cache = informer(pods);
      let due: (() => void)[] = [];
      const store = createStore(cache, { schedule: (tell) => void due.push(tell) });
      const listeners: { readonly told: Seen[]; readonly leave: () => void }[] = [];
      const living = new Set<string>();

      const check = (seen: Seen): void => {
        const held = cache.list().map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
        expect(seen.items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(held.toSorted());
        expect(new Set(seen.items)).toEqual(new Set(cache.list()));
        expect([seen.synced, seen.state]).toEqual([cache.health.synced, cache.health.state]);
      };
      const frame = async (): Promise<void> => {
        await clock.settle();
        expect(due.length).toBeLessThanOrEqual(1);
        const now = due;
        due = [];
        for (const tell of now) tell();
        check(store.getSnapshot());
        for (const { told } of listeners) expect(told.at(-1)).toBe(store.getSnapshot());
      };
      const act = async (one: (typeof steps)[number]): Promise<void> => {
        switch (one.type) {
          case "put":
            living.add(`${one.namespace}/${one.name}`);
            server.put(one.name, one);
            break;
          case "delete":
            if (living.delete(`${one.namespace}/${one.name}`)) server.delete(one.name, one.namespace);
            break;
          case "settle":
            await clock.advance(1000);
            break;
          case "listen": {
            const told: Seen[] = [];
            listeners.push({ told, leave: store.subscribe((seen) => void told.push(seen)) });
            break;
          }
          case "leave":
            listeners.shift()?.leave();
            break;
          case "look":
            if (listeners.length === 0) check(store.getSnapshot());
            expect(store.getSnapshot()).toBe(store.getSnapshot());
            break;
          case "end":
            server.endWatches();
            break;
          case "compact":
            server.compact();
            break;
          case "frame":
            await frame();
        }
      };
      for (const one of steps) await act(one);
      await clock.advance(60_000);
      await frame();
      for (const { told } of listeners) for (const [at, seen] of told.entries()) expect(seen).not.toBe(told[at - 1]);
      await cache.close();
    }),
    { numRuns: 150 },
  );
});
