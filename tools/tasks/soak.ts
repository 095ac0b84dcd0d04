import { whyNoControlPlane } from "../lib/needs.ts";
import { spawnScript } from "../lib/spawn-script.ts";

const why = whyNoControlPlane();
if (why === undefined) {
  spawnScript("test/soak/main.ts");
} else {
  console.error(`npm run soak needs the real control plane, which cannot run here: ${why}.`);
  process.exitCode = 1;
}
