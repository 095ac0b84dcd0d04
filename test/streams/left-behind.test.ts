import { beforeAll, expect, inject, test } from "vitest";
import { rejection } from "../support/api-request.ts";
import { held, runningPod, shell } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
beforeAll(() => runningPod(own.pods, "one"));

/** What keeps the process alive, counted by kind. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

test("200 runs that were left in every way leave no socket and no timer", async () => {
  await own.pods.exec("one", { command: ["true"] }).output();
  const before = handles();
  const ways: (() => Promise<unknown>)[] = [
    () => own.pods.exec("one", { command: ["true"] }).output(),
    async () => {
      const run = await own.pods.exec("one", shell("sleep 2"));
      await run.close();
    },
    async () => {
      const run = await own.pods.exec("one", shell("echo up; sleep 2"));
      for await (const _ of run.stdout) break;
    },
    async () => {
      const controller = new AbortController();
      const run = await own.pods.exec("one", { ...shell("sleep 2"), signal: controller.signal });
      controller.abort();
      await rejection(run.exit);
    },
    () => rejection(own.pods.exec("none", { command: ["true"] })),
  ];
  for (let turn = 0; turn < 40; turn++) await Promise.all(ways.map((way) => way()));
  for (const kind of ["TCPSocketWrap", "TLSWrap"])
    await expect.poll(() => handles()[kind] ?? 0).toBeLessThanOrEqual(before[kind] ?? 0);
  await expect.poll(() => handles()["Timeout"] ?? 0).toBeLessThanOrEqual((before["Timeout"] ?? 0) + 2); // the tests' own
});
