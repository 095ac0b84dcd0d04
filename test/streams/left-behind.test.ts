import { once } from "node:events";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { beforeAll, inject, test } from "vitest";
import { rejection } from "../support/api-request.ts";
import { leaveNothing } from "./leave-nothing.ts";
import { echo, startPodServer } from "./pod-server.ts";
import { dialled, endOf, forwardTo } from "./port-forward-cases.ts";
import { held, runningPod, shell, textOf } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
beforeAll(() => runningPod(own.pods, "one"));

test(
  "1,000 runs that were left in every way leave no socket, no timer and no listener",
  { timeout: 180_000 },
  async () => {
    await own.pods.exec("one", { command: ["true"] }).output();
    // Shared by all of them, as a program's own would be.
    const { signal } = new AbortController();
    const start = (script: string, options = {}) => own.pods.exec("one", { ...shell(script), signal, ...options });
    const endless = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false as const, value: "x" }) }) };
    const ways: (() => Promise<unknown>)[] = [
      () => start("true").output(),
      () => start("cat; exit 3", { stdin: "some" }).output(),
      async () => {
        const run = await start("sleep 2");
        await run.close();
      },
      async () => {
        await using run = await start("echo up; sleep 2");
        run.exit.catch(() => undefined);
      },
      async () => {
        const run = await start("echo up; sleep 2");
        for await (const _ of run.stdout) break;
      },
      async () => {
        const controller = new AbortController();
        const run = await start("sleep 2", { signal: controller.signal });
        controller.abort();
        await rejection(run.exit);
      },
      async () => {
        const run = await start("sleep 2", { stdin: endless });
        await run.close();
      },
      async () => {
        const stdin = (async function* () { yield "a"; throw new Error("mine"); })(); // prettier-ignore
        await rejection((await start("cat", { stdin })).exit);
      },
      () => rejection(own.pods.exec("none", { command: ["true"], signal })),
      () => rejection(start("true", { timeoutMs: 1 })),
    ];
    await leaveNothing(own.pods, signal, 1000, ways);
  },
);

test("400 connections that were left in every way leave nothing either", { timeout: 180_000 }, async () => {
  await using server = await startPodServer(echo);
  const nobody = await startPodServer(echo);
  await nobody.close();
  await using cluster = await connect({ kubeconfig: inject("controlPlane").admin.kubeconfig });
  const pods = cluster.api(CoreV1).pods.in(own.namespace);
  const { signal } = new AbortController();
  const open = (options = {}) => pods.connect("one", server.port, { signal, ...options });
  await (await open()).close();
  const data = new Uint8Array(100_000);
  const ways: (() => Promise<unknown>)[] = [
    async () => {
      const connection = await open();
      await connection.close();
    },
    async () => {
      await using connection = await open();
      await connection.writable.getWriter().write(data);
    },
    async () => {
      const { readable, writable } = await open();
      await writable.getWriter().write(data);
      for await (const _ of readable) break;
    },
    async () => {
      const { writable } = await open();
      await writable.getWriter().abort();
    },
    async () => {
      const controller = new AbortController();
      const { closed } = await open({ signal: controller.signal });
      controller.abort();
      await rejection(closed);
    },
    async () => {
      // In order: its tunnel serves the next one.
      const { readable, writable, closed } = await open();
      await writable.close();
      await Promise.all([textOf(readable), closed]);
    },
    () => rejection(pods.connect("one", nobody.port, { signal }).then(({ closed }) => closed)),
    () => rejection(pods.connect("none", server.port, { signal })),
    () => rejection(open({ timeoutMs: 1 })),
  ];
  await leaveNothing(pods, signal, 400, ways);
});

test("and so do 100 forwards", { timeout: 180_000 }, async () => {
  await using server = await startPodServer(echo);
  const { signal } = new AbortController();
  const ways = [
    async (): Promise<void> => {
      const forward = await forwardTo(own, server.port, { signal }, "one");
      await forward.close();
    },
    async (): Promise<void> => {
      await using forward = await forwardTo(own, server.port, { signal }, "one");
      const socket = await dialled(forward.port);
      socket.write("x");
      await once(socket, "data");
      socket.destroy();
    },
    async (): Promise<void> => {
      const controller = new AbortController();
      const forward = await forwardTo(own, server.port, { signal: controller.signal }, "one");
      const socket = await dialled(forward.port);
      controller.abort();
      await Promise.all([endOf(socket), forward.close()]);
      socket.destroy();
    },
    () => rejection(forwardTo(own, 80, { signal }, "none")),
  ];
  await leaveNothing(own.pods, signal, 100, ways);
});
