// Forwards a port of this machine to a pod, or to the ready ones of a label selector, until Ctrl-C:
// node examples/port-forward.ts POD|LABEL=VALUE LOCAL:REMOTE [NAMESPACE]
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { portForward } from "kubewright/port-forward";

const [target, mapping, namespace] = process.argv.slice(2);
const [, local, remote] = /^(\d+):(\S+)$/.exec(mapping ?? "") ?? [];
if (target === undefined || local === undefined || remote === undefined)
  throw new Error("usage: node examples/port-forward.ts POD|LABEL=VALUE LOCAL:REMOTE [NAMESPACE]");

const cluster = await connect();
const pods = cluster.api(CoreV1).pods.in(namespace);
const forward = await portForward(pods, target.includes("=") ? { labelSelector: target } : target, {
  ports: [{ local: Number(local), remote: /^\d+$/.test(remote) ? Number(remote) : remote }],
  onError: (error) => console.error(String(error)),
});
for (const port of forward.ports) console.log(`localhost:${port.local} -> ${target}:${port.remote}`);
process.once("SIGINT", () => void forward.close().then(() => cluster.close()));
