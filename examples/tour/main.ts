import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiServer } from "@kubewright/testing";
import { connect, isKubeError, type Cluster, type Interceptor } from "kubewright";
import { ArgumentError, help, readArguments } from "./arguments.ts";
import { openPlace, type Place } from "./place.ts";
import { playCluster } from "./play-cluster.ts";
import { done, heading, note } from "./print.ts";
import { apiResources } from "./steps/api-resources.ts";
import { applyConflict } from "./steps/apply-conflict.ts";
import { cachePods } from "./steps/cache-pods.ts";
import { clusterInfo } from "./steps/cluster-info.ts";
import { createDeployment } from "./steps/create-deployment.ts";
import { customResource } from "./steps/custom-resource.ts";
import { defineResource } from "./steps/define-resource.ts";
import { deleteAll } from "./steps/delete-all.ts";
import { followLog } from "./steps/follow-log.ts";
import { forwardPort } from "./steps/forward-port.ts";
import { generateClients } from "./steps/generate-clients.ts";
import { listPods } from "./steps/list-pods.ts";
import { patchDeployment } from "./steps/patch-deployment.ts";
import { runCommand } from "./steps/run-command.ts";
import { updateConflict } from "./steps/update-conflict.ts";
import { watchPods } from "./steps/watch-pods.ts";
import { createUndoList, type Tour, type UndoList } from "./tour.ts";

/** Every request of the tour ends with this signal. */
function endingWith(signal: AbortSignal): Interceptor {
  return (next) => (request) =>
    next({ ...request, signal: request.signal === undefined ? signal : AbortSignal.any([request.signal, signal]) });
}

/** The tour of a whole cluster. */
async function giveTour(cluster: Cluster, folder: string, undo: Tour["undo"]): Promise<void> {
  const tour = { cluster, folder, namespace: newNamespace(), undo };
  const generated = (await defineResource(tour)) ? await generateClients(tour) : undefined;
  await clusterInfo(tour);
  await apiResources(tour);
  await createDeployment(tour);
  const [pod = ""] = await watchPods(tour, 3);
  await followLog(tour, pod);
  await runCommand(tour, pod);
  await listPods(tour);
  await patchDeployment(tour);
  await cachePods(tour, 2);
  await updateConflict(tour);
  await applyConflict(tour);
  if (generated !== undefined) await customResource(tour, generated);
  await deleteAll(tour);
}

/** What of it an API server alone can show, with a cluster that the tour plays itself. */
async function giveShortTour(cluster: Cluster, api: ApiServer, folder: string, undo: Tour["undo"]): Promise<void> {
  const tour = { cluster, folder, namespace: newNamespace(), undo };
  leftOut("A custom resource of our own, and typed clients that are generated for it");
  await clusterInfo(tour);
  await apiResources(tour);
  await createDeployment(tour);
  const stopPlaying = await playCluster(cluster, api, tour.namespace);
  try {
    const [pod = ""] = await watchPods(tour, 3);
    await followLog(tour, pod);
    await runCommand(tour, pod);
    await forwardPort(tour, pod);
    await listPods(tour);
    await patchDeployment(tour);
    await cachePods(tour, 2);
    await updateConflict(tour);
    leftOut("Server-side apply");
    await deleteAll(tour);
  } finally {
    await stopPlaying();
  }
}

function newNamespace(): string {
  return `kubewright-tour-${randomBytes(3).toString("hex")}`;
}

/** A step that needs more than this server. */
function leftOut(what: string): void {
  console.log();
  note(`${what}: npm run demo -- --real`);
}

/** On a connection of its own: that of the tour may be cut. */
async function cleanUp({ connection, temporary }: Place, undone: UndoList): Promise<void> {
  if (temporary || undone.empty) return;
  heading("Cleaning up");
  const cluster = await connect(connection);
  try {
    const failures = await undone.run(cluster);
    for (const failure of failures) note(failure);
    if (failures.length === 0) done("Nothing of the tour is left.");
    else process.exitCode = 1;
  } finally {
    await cluster.close();
  }
}

/** Rejects with the signal's reason when it was aborted. */
async function main(interruption: AbortSignal): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    console.log(help);
    return;
  }
  const place = await openPlace(given);
  const folder = mkdtempSync(join(tmpdir(), "kubewright-tour-"));
  const undone = createUndoList();
  try {
    const cluster = await connect({ ...place.connection, interceptors: [endingWith(interruption)] });
    try {
      const started = performance.now();
      if (place.api === undefined) await giveTour(cluster, folder, undone.add);
      else await giveShortTour(cluster, place.api, folder, undone.add);
      done(`The tour took ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    } finally {
      await cluster.close();
      await cleanUp(place, undone);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await place.close();
  }
}

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(name, () => interruption.abort(new Error(`Interrupted by ${name}`)));
}
// A reader that went away, such as head, ends the tour; what it made is still taken back.
process.stdout.on("error", () => interruption.abort(new Error("Nobody reads the output any more")));
try {
  await main(interruption.signal);
} catch (error) {
  const expected = error === interruption.signal.reason || isKubeError(error) || error instanceof ArgumentError;
  // The stack of anything else helps to fix it.
  if (!expected) throw error;
  console.error(`\n${(error as Error).message}`);
  process.exitCode = 1;
}
