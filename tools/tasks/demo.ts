import { spawnOnControlPlane, spawnScript } from "../lib/spawn-script.ts";

const tour = "examples/tour/main.ts";

if (process.argv.includes("--real")) {
  spawnOnControlPlane(
    tour,
    (why) =>
      `--real starts a real control plane, which cannot run here: ${why}.\n` +
      "On an API server in the tour's own process, which needs nothing: npm run demo\n" +
      "On a cluster you have: npm run demo -- --kubeconfig FILE\n" +
      "It works in a namespace of its own there and cleans up after itself.",
  );
} else spawnScript(tour);
