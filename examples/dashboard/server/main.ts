import { startApiServer } from "@kubewright/testing";
import { type Cluster, connect, isKubeError } from "kubewright";
import { ArgumentError, help, readArguments, type DashboardArguments } from "./arguments.ts";
import { startDashboard } from "./dashboard.ts";
import { gatherCrowd } from "./play/crowd.ts";
import { play } from "./play/play.ts";
import { playLogs } from "./play/play-logs.ts";

/** A cluster to show. */
interface Shown {
  readonly cluster: Cluster;
  /** Rejects when it cannot go on. */
  readonly played: Promise<void>;
  close(): Promise<void>;
}

async function openCluster({ kubeconfig, context, pods }: DashboardArguments): Promise<Shown> {
  if (kubeconfig !== undefined) {
    const cluster = await connect({ kubeconfig, context });
    return { cluster, played: new Promise(() => {}), close: () => cluster.close() };
  }
  const api = await startApiServer();
  const ending = new AbortController();
  const played = play(await api.connect(), ending.signal);
  if (pods > 0) await gatherCrowd(await api.connect(), pods);
  return {
    cluster: await api.connect({ interceptors: [playLogs] }),
    played,
    async close() {
      ending.abort();
      // What it failed by was told to whoever waited for it.
      await played.catch(() => {});
      await api.close();
    },
  };
}

async function main(interruption: AbortSignal): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    console.log(help);
    return;
  }
  const shown = await openCluster(given);
  try {
    const dashboard = await startDashboard(shown.cluster, given.port);
    console.log(`The dashboard is at ${dashboard.url} (Ctrl-C ends it)`);
    try {
      await Promise.race([shown.played, new Promise((resolve) => interruption.addEventListener("abort", resolve))]);
    } finally {
      await dashboard.close();
    }
  } finally {
    await shown.close();
  }
}

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => interruption.abort());
try {
  await main(interruption.signal);
} catch (error) {
  const expected = error instanceof ArgumentError || isKubeError(error);
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
