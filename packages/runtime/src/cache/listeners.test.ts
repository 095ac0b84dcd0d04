import { expect, test } from "vitest";
import { createMemoryCluster } from "../../../../test/support/memory-cluster.ts";
import { informer } from "./informer.ts";

test("onChange: once for a turn, when objects change, when the watch fails and heals, and at the end", async () => {
  const { clock, server, pods } = createMemoryCluster();
  server.put("a");
  server.put("b");
  const cache = informer(pods);
  let seen: string[] = [];
  const state = (): string => `${cache.size} ${cache.health.state}`;
  const stop = cache.onChange(() => void seen.push(state()));
  cache.onChange(() => {})();
  await clock.run(cache.synced());
  await clock.settle();
  // Both came in one list.
  expect(seen).toEqual(["2 streaming"]);

  seen = [];
  server.put("c");
  await clock.settle();
  expect(seen).toEqual(["3 streaming"]);

  seen = [];
  server.disconnect();
  await clock.settle();
  expect(seen).toEqual(["3 recovering"]);
  server.connect();
  await clock.advance(60_000);
  expect(seen.at(-1)).toBe("3 streaming");

  seen = [];
  await cache.close();
  await clock.settle();
  expect(seen).toEqual(["3 stopped"]);
  stop();
});

test("a listener that was ended is told nothing more, not even what was due", async () => {
  const { clock, server, pods } = createMemoryCluster();
  await using cache = informer(pods);
  await clock.run(cache.synced());
  const seen: string[] = [];
  const same = (): void => void seen.push("same");
  let stop = (): void => {};
  cache.onChange(() => stop());
  stop = cache.onChange(() => void seen.push("ended"));
  cache.onChange(same)();
  cache.onChange(same);
  server.put("a");
  await clock.settle();
  server.put("a");
  await clock.settle();
  expect(seen).toEqual(["same", "same"]);
  expect(() => cache.onChange("no" as never)).toThrow("Invalid listener: it must be a function, not text");
});
