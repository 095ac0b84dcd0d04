import { expect, test } from "vitest";
import { playLoad } from "./play-load.ts";

test(
  "200 pages with 6 watches each for a minute, some of them slow: nothing is lost, the proxy's memory is bounded, and the API server sees 6 watches",
  { timeout: 400_000 },
  async () => {
    const result = await playLoad({ pages: 200, seconds: 60, changesPerSecond: 10 });
    console.log(`[measured] load: ${JSON.stringify(result)}`);
    const { changes, events, memory, wrong, lost, watches, back } = result;
    expect(wrong).toEqual([]);
    expect(lost).toBe(0);
    // Nobody but the slow was told less than every change, and a page that is held up is told less.
    expect(events).toBeGreaterThan(changes * 100);
    expect(watches).toEqual({ first: 6, again: 6 });
    expect(memory.most).toBeLessThan(memory.before + 250);
    // They came back apart.
    expect(back.withinMs).toBeGreaterThan(300);
  },
);
