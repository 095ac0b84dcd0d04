import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startControlPlane, type ControlPlane } from "../controlplane/start.ts";
import { cells } from "./cells.ts";
import { compare } from "./compare.ts";
import { differing } from "./differing.ts";
import { leastEqual, liveSequences, seedsOfEach } from "./matrix.ts";
import { ourServer } from "./our-server.ts";
import { realServer, type RealServer } from "./real-server.ts";

// One of its own, without controllers, whose writes would come at any time.
let controlPlane: ControlPlane;
let real: RealServer;
beforeAll(async () => {
  controlPlane = await startControlPlane({ apiOnly: true });
  const { server, caFile, admin } = controlPlane;
  real = realServer({ server, ca: readFileSync(caFile, "utf8"), token: admin.token });
});
afterAll(async () => {
  real?.close();
  await controlPlane?.stop();
});

test(`${liveSequences} sequences that were never recorded, spread over all cells`, { timeout: 120_000 }, async () => {
  const all = Object.entries(cells);
  const ours = ourServer();
  let answers = 0;
  const unequal: string[] = [];
  for (let at = 0; at < liveSequences; at++) {
    // Where cells are more than sequences, every second or third is taken, from the first to the last.
    const [name, sequence] = all[Math.floor((at * Math.max(1, all.length / liveSequences)) % all.length)]!;
    const seed = seedsOfEach + 1 + Math.floor(at / all.length);
    const compared = await compare(name, sequence, seed, { real, ours, run: "live" });
    answers += compared.length;
    for (const { expected, found, equal } of compared)
      if (!equal) unequal.push(`${name}, seed ${seed}: ${differing(expected?.answer, found?.answer)[0]?.at}`);
  }
  console.log(`[measured] live: ${answers - unequal.length} of ${answers} answers are equal\n${unequal.join("\n")}`);
  expect(unequal.length / answers).toBeLessThanOrEqual(1 - leastEqual.total);
});
