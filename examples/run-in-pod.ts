// Runs a command in a pod of its own, as CI runners do: prints its log, ends with its exit code, and leaves nothing behind:
// node examples/run-in-pod.ts NAMESPACE IMAGE COMMAND...
import { connect, waitFor } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const [namespace, image, ...command] = process.argv.slice(2);
if (image === undefined) throw new Error("usage: node examples/run-in-pod.ts NAMESPACE IMAGE COMMAND...");

const cluster = await connect();
const pods = cluster.api(CoreV1).pods.in(namespace);
// Ten minutes for all of it, or until Ctrl-C.
const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort(new Error("interrupted")));
const signal = AbortSignal.any([interrupted.signal, AbortSignal.timeout(600_000)]);

const { metadata } = await pods.create({
  metadata: { generateName: "run-" },
  // The deadline ends it even if this program is killed.
  spec: { restartPolicy: "Never", activeDeadlineSeconds: 600, containers: [{ name: "main", image, command }] },
});
try {
  const bounds = { signal, timeoutMs: Infinity };
  await waitFor(pods, metadata.name, ({ status }) => status.phase !== "Pending", bounds);
  for await (const line of pods.log(metadata.name, { follow: true, signal })) console.log(line);
  const { status } = await waitFor(
    pods,
    metadata.name,
    ({ status: { phase } }) => phase === "Succeeded" || phase === "Failed",
    bounds,
  );
  process.exitCode = status.containerStatuses?.[0]?.state?.terminated?.exitCode ?? 1;
} catch (error) {
  if (!signal.aborted) throw error;
  console.error(`given up: ${signal.reason}`);
  process.exitCode = 1;
} finally {
  await pods.delete(metadata.name, { gracePeriodSeconds: 0 });
  await cluster.close();
}
