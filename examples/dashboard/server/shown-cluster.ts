import { startApiServer } from "@kubewright/testing";
import { type Cluster, connect, type ConnectOptions } from "kubewright";
import { gatherCrowd } from "./play/crowd.ts";
import { play } from "./play/play.ts";
import { playLogs } from "./play/play-logs.ts";

/** A cluster to show. */
export interface ShownCluster {
  readonly cluster: Cluster;
  /** Rejects when the play cannot go on. */
  readonly played: Promise<unknown>;
  close(): Promise<void>;
}

/** The cluster of a kubeconfig. */
export async function openCluster(options: Pick<ConnectOptions, "kubeconfig" | "context">): Promise<ShownCluster> {
  const cluster = await connect(options);
  return { cluster, played: new Promise(() => {}), close: () => cluster.close() };
}

/** A played cluster in this process, and beside what is played so many `pods` more. */
export async function openPlayedCluster(pods: number): Promise<ShownCluster> {
  const api = await startApiServer();
  const { signal, end } = ending();
  const played = Promise.all([play(await api.connect(), signal), gatherCrowd(await api.connect(), pods, signal)]);
  // Whoever shows the cluster hears of it by `played`.
  played.catch(() => {});
  return {
    cluster: await api.connect({ interceptors: [playLogs] }),
    played,
    async close() {
      end();
      await played.catch(() => {});
      await api.close();
    },
  };
}

function ending(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, end: () => controller.abort() };
}
