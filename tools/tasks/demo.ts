import { spawnOnControlPlane } from "../lib/spawn-script.ts";

spawnOnControlPlane(
  "examples/tour/main.ts",
  (why) =>
    `The demo starts a real control plane of its own, which cannot run here: ${why}.\n` +
    "To run it on a cluster you have: npm run demo -- --kubeconfig FILE\n" +
    "It works in a namespace of its own there and cleans up after itself.",
);
