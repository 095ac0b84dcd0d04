import { once } from "node:events";
import { isKubeError } from "kubewright";
import { ArgumentError, help, readArguments } from "./arguments.ts";
import { startDashboard } from "./dashboard.ts";
import { openCluster, openPlayedCluster } from "./shown-cluster.ts";

async function main(interruption: AbortSignal): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    console.log(help);
    return;
  }
  const { kubeconfig, context, pods, port } = given;
  const shown = kubeconfig === undefined ? await openPlayedCluster(pods) : await openCluster({ kubeconfig, context });
  try {
    const dashboard = await startDashboard(shown.cluster, port);
    console.log(`The dashboard is at ${dashboard.url} (Ctrl-C ends it)`);
    try {
      if (!interruption.aborted) await Promise.race([shown.played, once(interruption, "abort")]);
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
