import { spawnOnControlPlane } from "../lib/spawn-script.ts";

spawnOnControlPlane(
  "openapi/snapshot.ts",
  (why) => `npm run snapshot needs the real control plane, which cannot run here: ${why}.`,
);
