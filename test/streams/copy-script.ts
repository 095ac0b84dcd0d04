import { copyFrom } from "@kubewright/copy";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

// Copies out of a pod in a process of its own, and prints what became of it. Its arguments: the pod, the path there, the path here.

const [name = "", remote = "", local = ""] = process.argv.slice(2);
const { SERVER, CA, TOKEN = "", NAMESPACE } = process.env;
const cluster = await connect({ server: SERVER, ca: CA, token: TOKEN });
try {
  console.log(JSON.stringify(await copyFrom(cluster.api(CoreV1).pods.in(NAMESPACE), name, remote, local)));
} catch (error) {
  const { name: kind, cause, result } = error as { name: string; cause: { code: string }; result: object };
  console.log(JSON.stringify({ name: kind, cause: { code: cause.code }, result }));
}
await cluster.close();
