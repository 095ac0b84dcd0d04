import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { PassThrough, Readable, Writable } from "node:stream";
import { CoreV1Api, Exec, KubeConfig, Log, PortForward } from "@kubernetes/client-node";

export function open({ kubeconfig, namespace, pod, container }) {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const exec = new Exec(config);
  return {
    exec: ({ command, stdin, take }) =>
      new Promise((resolve, reject) => {
        const stdout = new Writable({ write: (chunk, _, done) => (take(chunk), done()) });
        const input = stdin === undefined ? null : Readable.from(stdin);
        const ended = (status) => {
          const cause = status.details?.causes?.find(({ reason }) => reason === "ExitCode");
          resolve(status.status === "Success" ? 0 : Number(cause?.message));
        };
        exec.exec(namespace, pod, container, command, stdout, null, input, false, ended).catch(reject);
      }),
    forward({ remote }) {
      const forward = new PortForward(config);
      const server = createServer((socket) => {
        socket.on("error", () => {});
        void forward.portForward(namespace, pod, [remote], socket, null, socket).then((ended) => {
          ended.on("close", () => socket.end());
        });
      });
      return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
    },
    async logs({ selector, take }) {
      const log = new Log(config);
      const { items } = await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector: selector });
      const read = async ({ metadata }) => {
        const stream = new PassThrough();
        await log.log(namespace, metadata.name, container, stream);
        for await (const line of createInterface({ input: stream })) take(line);
      };
      await Promise.all(items.map(read));
    },
  };
}
