import { startControlPlane } from "../start.ts";

// Starts a control plane with a pod in it, tells about it, and waits to be killed.
const controlPlane = await startControlPlane();
const owner = `--env=OWNER=${controlPlane.dir}`;
await controlPlane.kubectl([
  "run",
  "leftover",
  "--image=any",
  owner,
  "--command",
  "--",
  "sh",
  "-c",
  "sleep 600 & sleep 600",
]);
await controlPlane.kubectl(["wait", "--for=condition=Ready", "pod/leftover", "--timeout=20s"]);
process.on("SIGTERM", () => {
  controlPlane.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
console.log(JSON.stringify({ dir: controlPlane.dir, processes: controlPlane.processes }));
