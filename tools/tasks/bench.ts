import { whyNoControlPlane } from "../lib/needs.ts";
import { spawnScript } from "../lib/spawn-script.ts";

const why = whyNoControlPlane();
if (why === undefined) {
  spawnScript("test/bench/main.ts");
} else {
  console.error(`npm run bench needs the real control plane, which cannot run here: ${why}.`);
  process.exitCode = 1;
}
