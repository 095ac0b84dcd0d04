// Copies a file or a folder into a pod or out of it; Ctrl-C ends it: node examples/copy.ts FROM TO [NAMESPACE], one of them POD:PATH
import { copyFrom, copyTo } from "@kubewright/copy";
import { connect, isKubeError } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const [from = "", to = "", namespace] = process.argv.slice(2);
const inPod = /^([^:/]+):(.+)$/s;
const [source, target] = [inPod.exec(from), inPod.exec(to)];

const cluster = await connect();
const pods = cluster.api(CoreV1).pods.in(namespace);
const stopping = new AbortController();
process.once("SIGINT", () => stopping.abort(new Error("interrupted")));
const options = { signal: stopping.signal };

async function copy(): ReturnType<typeof copyTo> {
  if (source !== null && target === null) return copyFrom(pods, source[1]!, source[2]!, to, options);
  if (target !== null && source === null) return copyTo(pods, target[1]!, from, target[2]!, options);
  throw new Error("usage: node examples/copy.ts FROM TO [NAMESPACE], one of them POD:PATH");
}

try {
  const { files, bytes, skipped } = await copy();
  console.log(`files: ${files}, bytes: ${bytes}`);
  for (const { path, reason } of skipped) console.log(`left out: ${path}, ${reason}`);
} catch (error) {
  if (!isKubeError(error) && !stopping.signal.aborted) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
await cluster.close();
