import { connect, logs } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

export async function open({ kubeconfig, namespace, pod }) {
  const cluster = await connect({ kubeconfig });
  const pods = cluster.api(CoreV1).pods.in(namespace);
  return {
    async exec({ command, stdin, take }) {
      const run = await pods.exec(pod, { command, stdin, stderr: false });
      for await (const bytes of run.stdout) take(bytes);
      return (await run.exit).exitCode;
    },
    async forward({ remote }) {
      const { portForward } = await import("kubewright/port-forward");
      const { ports } = await portForward(pods, pod, { ports: [{ local: 0, remote }] });
      return ports[0].local;
    },
    async copyTo({ from, to }) {
      const { copyTo } = await import("@kubewright/copy");
      return await copyTo(pods, pod, from, to);
    },
    async copyFrom({ from, to }) {
      const { copyFrom } = await import("@kubewright/copy");
      return await copyFrom(pods, pod, from, to);
    },
    async logs({ selector, take }) {
      for await (const { line } of logs(pods, { labelSelector: selector })) take(line);
    },
  };
}
