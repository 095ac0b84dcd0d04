// Prints a pod's log as it is written, until the container ends or Ctrl-C: node examples/follow-log.ts POD [NAMESPACE]
import { connect, isNotFound } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const [pod, namespace] = process.argv.slice(2);
if (pod === undefined) throw new Error("usage: node examples/follow-log.ts POD [NAMESPACE]");

const cluster = await connect();
const lines = cluster.api(CoreV1).pods.in(namespace).log(pod, { follow: true, tailLines: 20 });
process.once("SIGINT", () => void lines.close());
try {
  for await (const line of lines) console.log(line);
} catch (error) {
  if (!isNotFound(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
await cluster.close();
