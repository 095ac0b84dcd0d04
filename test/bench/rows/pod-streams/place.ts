import { readFileSync } from "node:fs";
import { connect, waitFor } from "kubewright";
import { CoreV1, type PodResource } from "kubewright/core/v1";
import type { ControlPlane } from "../../../controlplane/start.ts";
import { eventually } from "../../../support/eventually.ts";
import type { Bench } from "../../bench.ts";
import type { ServerOptions } from "../../contestants.ts";
import { startNode, type TaskProcess } from "../../task-process.ts";

/** Who runs what in a pod by a WebSocket. */
export type Client = "kubewright" | "client-node" | "ws framing";

/** A node, and a pod that runs on it. */
export interface Place {
  readonly controlPlane: ControlPlane;
  readonly pods: PodResource;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** A fresh process of a client, which has run a few commands. */
  start(client: Client): Promise<TaskProcess>;
}

const names = { namespace: "default", pod: "bench", container: "main" } as const;

/** Makes the pod on a whole control plane, and hands it out. */
export async function withPlace<T>(
  { installed }: Bench,
  controlPlane: ControlPlane,
  use: (place: Place) => Promise<T>,
): Promise<T> {
  const { kubeconfig, token } = controlPlane.admin;
  await using cluster = await connect({ kubeconfig });
  const core = cluster.api(CoreV1);
  const pods = core.pods.in(names.namespace);
  const accounts = core.serviceAccounts.in(names.namespace);
  await eventually(() => accounts.get("default").catch(() => undefined), "the namespace has its service account");
  await pods.create({
    metadata: { name: names.pod },
    spec: { containers: [{ name: names.container, image: "local" }], terminationGracePeriodSeconds: 0 },
  });
  await waitFor(pods, names.pod, (pod) => pod?.status?.phase === "Running");
  const server: ServerOptions = {
    server: controlPlane.server,
    ca: readFileSync(controlPlane.caFile, "utf8"),
    token,
    kubeconfig,
  };
  const contestants = {
    kubewright: { folder: installed.copying, module: "kubewright" },
    "client-node": { folder: installed.clientNode, module: "client-node" },
    "ws framing": { folder: installed.wsFraming, module: "ws-framing" },
  } as const;
  return await use({
    controlPlane,
    pods,
    ...names,
    async start(client) {
      const process = await startNode({ ...contestants[client], options: names }, server, "pod-streams/tasks.mjs");
      await process.ask("commands", { count: 5 });
      return process;
    },
  });
}
