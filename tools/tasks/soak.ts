import { spawnOnControlPlane } from "../lib/spawn-script.ts";

spawnOnControlPlane(
  "test/history/soak.ts",
  (why) => `npm run soak needs the real control plane, which cannot run here: ${why}.`,
);
