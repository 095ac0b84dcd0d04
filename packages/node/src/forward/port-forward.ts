import { ConnectionError, shownAs, sourceOf, type PodConnection } from "@kubewright/core";
import { createCarrying } from "./carrying.ts";
import { join } from "./join.ts";
import { listen, type Listener } from "./listen.ts";
import {
  checkOptions,
  type ForwardedPod,
  type ForwardedPods,
  type ForwardedPort,
  type ForwardTarget,
  type PortForwardOptions,
} from "./options.ts";
import { createPodChooser } from "./pod-chooser.ts";

/** Ports of this machine that lead into pods. */
export interface PortForward extends AsyncDisposable {
  /** What is forwarded, in the order given; `local` is the port that is listened on. */
  readonly ports: readonly ForwardedPort[];
  /** Listens no more, and ends every connection. Resolves when nothing of it is left. Harmless afterwards. */
  close(): Promise<void>;
}

/**
 * Listens on ports of this machine, and carries each connection to a port of a pod: of the pod of that name as it is then, or of a ready
 * one that the selector chooses, which stays the same as long as it is ready. So it outlives restarts and replaced pods. A connection that
 * cannot be made, or breaks, is reset here; the others are not touched. Settles when it listens. A pod must be there when it begins,
 * with the named ports. Rejects with an InputError for a port that cannot be listened on, with a ConnectionError, `NoReadyPod`, where the
 * selector chooses none.
 *
 * @example
 * const forward = await portForward(pods, { labelSelector: "app=web" }, { ports: [{ local: 8080, remote: "http" }] });
 * console.log(forward.ports);
 * await forward.close();
 */
export async function portForward(
  pods: ForwardedPods,
  target: ForwardTarget,
  options: PortForwardOptions,
): Promise<PortForward> {
  checkOptions(target, options);
  const source = sourceOf(pods);
  const { ports, address, maxConnections = 100, onError, signal, ...call } = options;
  signal?.throwIfAborted();
  const tunnels = await source.tunnels();
  for (const [index, { remote }] of ports.entries()) tunnels.checkPort(remote, remoteField(index));

  const closing = new AbortController();
  const chooser = createPodChooser(pods, target, { ...call, signal: closing.signal });
  const failed = (error: unknown): void => onError?.(error);

  async function connected(index: number): Promise<PodConnection> {
    const { pod, isNew } = await chooser.choose();
    try {
      return await connectTo(pod, index);
    } catch (error) {
      chooser.forget();
      if (isNew || closing.signal.aborted) throw error;
      // What was read a moment ago may have been replaced since.
      return connectTo((await chooser.choose()).pod, index);
    }
  }

  function connectTo(pod: ForwardedPod, index: number): Promise<PodConnection> {
    const { name, uid } = pod.metadata;
    return tunnels.connect({ name, uid }, portOf(pod, index), { ...call, signal: closing.signal });
  }

  function portOf(pod: ForwardedPod, index: number): number {
    return tunnels.portOf(pod, (ports[index] as ForwardedPort).remote, remoteField(index));
  }

  const carrying = createCarrying(
    maxConnections,
    async (local, index) => {
      const connection = await connected(index);
      try {
        await join(local, connection);
      } catch (error) {
        // Perhaps its pod is gone.
        chooser.forget();
        throw error;
      }
    },
    failed,
  );
  const listeners: Listener[] = [];
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= end());
  const stop = (): void => void close();
  const closedBy = [signal, source.connection.closed];

  async function end(): Promise<void> {
    for (const one of closedBy) one?.removeEventListener("abort", stop);
    closing.abort(new ConnectionError("Closed: the forward was closed"));
    const listening = listeners.map((listener) => listener.close());
    await Promise.all([carrying.close(), tunnels.close(), ...listening]);
  }

  for (const one of closedBy) one?.addEventListener("abort", stop, { once: true });
  try {
    const { pod } = await chooser.choose();
    for (const index of ports.keys()) portOf(pod, index);
    for (const [index, { local }] of ports.entries()) {
      const accept = (socket: Parameters<typeof carrying.add>[0]): void => carrying.add(socket, index);
      listeners.push(await listen(address, local, `ports[${index}].local`, accept, failed));
    }
    closing.signal.throwIfAborted();
  } catch (error) {
    await close();
    signal?.throwIfAborted();
    throw error;
  }

  const forward: Omit<PortForward, typeof Symbol.asyncDispose> = {
    ports: ports.map(({ remote }, index) => ({ local: (listeners[index] as Listener).port, remote })),
    close,
  };
  Object.assign(forward, { [Symbol.asyncDispose]: close });
  return shownAs(forward as PortForward, "PortForward", () => ({
    ports: forward.ports.map(({ local, remote }) => `${local} -> ${remote}`),
  }));
}

function remoteField(index: number): string {
  return `ports[${index}].remote`;
}
