// Runs a command beside the containers of a running pod, and ends with its exit code: node examples/debug.ts NAMESPACE POD IMAGE COMMAND...
import { connect, debug } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const [namespace, pod, image, ...command] = process.argv.slice(2);
if (pod === undefined || image === undefined)
  throw new Error("usage: node examples/debug.ts NAMESPACE POD IMAGE COMMAND...");

const cluster = await connect();
const run = await debug(cluster.api(CoreV1).pods.in(namespace), pod, {
  image,
  profile: "baseline",
  ...(command.length === 0 ? {} : { command }),
});
process.once("SIGINT", () => void run.close());
for await (const bytes of run.stdout) process.stdout.write(bytes);
process.exitCode = (await run.exit).exitCode;
await cluster.close();
