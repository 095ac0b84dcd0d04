// Runs a command in a pod of its own, as CI runners do: prints its log, ends with its exit code, and leaves nothing behind:
// node examples/run-in-pod.ts NAMESPACE IMAGE COMMAND...
import { connect, isExpired, type Stored } from "kubewright";
import { CoreV1, type Pod } from "kubewright/core/v1";

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
  await podOnce(({ status }) => status.phase !== "Pending");
  for await (const line of pods.log(metadata.name, { follow: true, signal })) console.log(line);
  const { status } = await podOnce(({ status: { phase } }) => phase === "Succeeded" || phase === "Failed");
  process.exitCode = status.containerStatuses?.[0]?.state?.terminated?.exitCode ?? 1;
} catch (error) {
  if (!signal.aborted) throw error;
  console.error(`given up: ${signal.reason}`);
  process.exitCode = 1;
} finally {
  await pods.delete(metadata.name, { gracePeriodSeconds: 0 });
  await cluster.close();
}

/** The pod, as soon as `isSo` of it. Rejects when the pod is gone. */
async function podOnce(isSo: (pod: Stored<Pod>) => boolean): Promise<Stored<Pod>> {
  const { name } = metadata;
  for (;;) {
    const pod = await pods.get(name, { signal });
    if (isSo(pod)) return pod;
    const { resourceVersion } = pod.metadata;
    try {
      const changes = pods.watch({ fieldSelector: { "metadata.name": name }, resourceVersion, signal });
      for await (const { type, object } of changes) {
        if (type === "DELETED") throw new Error(`pod ${name} was deleted`);
        if (type !== "BOOKMARK" && isSo(object)) return object;
      }
    } catch (error) {
      // Too old a version: get a new one. When the server just ends the watch, too.
      if (!isExpired(error)) throw error;
    }
  }
}
