import { whyNoControlPlane } from "../lib/needs.ts";
import { spawnScript } from "../lib/spawn-script.ts";

const args = process.argv.slice(2);
const ownCluster = args.some((arg) => arg === "--kubeconfig" || arg.startsWith("--kubeconfig="));
const why = ownCluster || args.includes("--help") ? undefined : whyNoControlPlane();
if (why === undefined) {
  spawnScript("examples/tour/main.ts", args);
} else {
  console.error(
    `The demo starts a real control plane of its own, which cannot run here: ${why}.\n` +
      "To run it on a cluster you have: npm run demo -- --kubeconfig FILE\n" +
      "It works in a namespace of its own there and cleans up after itself.",
  );
  process.exitCode = 1;
}
