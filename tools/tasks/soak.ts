import { spawnOnControlPlane } from "../lib/spawn-script.ts";

spawnOnControlPlane(
  "test/soak/main.ts",
  (why) => `npm run soak needs the real control plane, which cannot run here: ${why}.`,
);
