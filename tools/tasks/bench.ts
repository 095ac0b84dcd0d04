import { spawnOnControlPlane } from "../lib/spawn-script.ts";

spawnOnControlPlane(
  "test/bench/main.ts",
  (why) => `npm run bench needs the real control plane, which cannot run here: ${why}.`,
);
