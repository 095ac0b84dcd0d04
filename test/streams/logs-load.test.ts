import { afterAll, beforeAll, expect, test } from "vitest";
import { type LogsGround, playLogs, startLogsGround } from "./logs-load.ts";

// The soak plays it at its full size: npm run soak.

let ground: LogsGround;
beforeAll(async () => {
  ground = await startLogsGround();
});
afterAll(() => ground?.stop());

const seeds = process.env["SEED"] === undefined ? [1, 2, 3] : [Number(process.env["SEED"])];

test("cuts, API servers that go, restarts, replaced pods and rotation: each line once and in order, or a gap where the node no longer has it", async () => {
  const found = await playLogs(ground, seeds, { pods: 4, lines: 600, seconds: 12, restarts: 1 });
  expect(found.flatMap(({ problems }) => problems)).toEqual([]);
  expect(found.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(seeds.length);
}, 240_000);
