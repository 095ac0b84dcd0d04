import { spawnOnControlPlane } from "../lib/spawn-script.ts";

spawnOnControlPlane(
  "test/controlplane/main.ts",
  (why) => `npm run controlplane needs the real control plane, which cannot run here: ${why}.`,
);
