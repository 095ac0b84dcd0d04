import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startControlPlane, type ControlPlane } from "../controlplane/start.ts";
import { cells } from "../differential/cells.ts";
import { compare } from "../differential/compare.ts";
import { ourServer } from "../differential/our-server.ts";
import { realServer, type RealServer } from "../differential/real-server.ts";

const seeds = 6;
// One of its own, without controllers, whose writes would come at any time.
let controlPlane: ControlPlane;
let real: RealServer;
const ours = ourServer();
beforeAll(async () => {
  controlPlane = await startControlPlane({ apiOnly: true });
  const { server, caFile, admin } = controlPlane;
  real = realServer({ server, ca: readFileSync(caFile, "utf8"), token: admin.token });
});
afterAll(async () => {
  real.close();
  await controlPlane.stop();
});

// They may only become more.
const least = 0.6;
test.each(Object.entries(cells))("%s", async (name, sequence) => {
  const compared = [];
  for (let seed = 1; seed <= seeds; seed++)
    compared.push(...(await compare(name, sequence, seed, { real, ours, run: "a" })));
  const equal = compared.filter((one) => one.equal).length;
  console.log(`${name}: ${equal} of ${compared.length} answers are equal`);
  expect(equal).toBeGreaterThanOrEqual(least * compared.length);
});
