import { watcher } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import type { ContainerProcess } from "../../../packages/testing/src/index.ts";
import { type LocalProcess, startProcess } from "./local-process.ts";
import { type LocalNode, type LocalPod, playPod } from "./local-pod.ts";

// Plays the node of the tests that run things in pods: processes of this machine, without containers. Whatever is in other namespaces
// stays as it is, for their tests expect no node.
const namespaces = "streams-";

/** Runs what pods and their clients say, until the server ends; gives what ends what still runs. */
export function runLocally(node: LocalNode): () => void {
  const { api, cluster } = node;
  /** By namespace and name. */
  const played = new Map<string, LocalPod>();
  const podOf = ({ namespace, pod }: ContainerProcess): LocalPod | undefined => played.get(`${namespace}/${pod}`);

  api.onExec({}, async (asked) => {
    const { command, tty } = asked;
    const process = podOf(asked)?.start({ command }, tty) ?? startProcess({ command });
    process.feed(asked, true).catch(() => undefined);
    const outputs = Promise.all([carry(process.stdout, asked.stdout), carry(process.stderr, asked.stderr)]);
    try {
      const code = await process.ended;
      await outputs;
      return code;
    } catch {
      return 126; // it cannot be started
    }
  });

  api.onAttach({}, async (asked) => {
    const found = podOf(asked)?.running(asked.container);
    if (found === undefined) return;
    const { process, stdinOnce } = found;
    const show = (stream: LocalProcess["stdout"], write: ContainerProcess["stdout"]) =>
      new Promise<void>((resolve) => {
        stream.on("data", (data: Buffer) => void write(data));
        if (stream.closed) resolve();
        else stream.once("close", resolve);
      });
    void process.feed(asked, stdinOnce).catch(() => undefined);
    await Promise.all([show(process.stdout, asked.stdout), show(process.stderr, asked.stderr)]);
  });

  async function follow(): Promise<void> {
    for await (const event of watcher(cluster.api(CoreV1).pods)) {
      if (event.type === "init" || event.type === "synced") continue;
      const { type, object } = event;
      const { name, namespace } = object.metadata;
      if (!namespace.startsWith(namespaces)) continue;
      const key = `${namespace}/${name}`;
      if (type === "delete") {
        played.get(key)?.end();
        played.delete(key);
      } else if (!object.spec.nodeName && object.spec.nodeSelector === undefined && !played.has(key))
        played.set(key, playPod(node, object));
    }
  }
  // It ends with the server.
  follow().catch(() => undefined);
  return () => {
    for (const pod of played.values()) pod.end();
  };
}

async function carry(stream: AsyncIterable<Buffer>, write: ContainerProcess["stdout"]): Promise<void> {
  for await (const data of stream) await write(data);
}
