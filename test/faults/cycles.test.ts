import { getEventListeners, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { connect, type ConnectOptions } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { expect, test } from "vitest";

import { until } from "../support/api-request.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { startHttpProxy } from "../support/proxies.ts";
import { asAdmin, closing, controlPlane, failureOf, measured } from "./support.ts";

const held = closing();

/** What keeps this process alive or busy, by kind, and listeners that many connections could leave behind. */
function leftovers(signal: AbortSignal): Record<string, number> {
  const counts: Record<string, number> = { signal: getEventListeners(signal, "abort").length };
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  for (const event of [
    "exit",
    "beforeExit",
    "SIGINT",
    "SIGTERM",
    "uncaughtException",
    "unhandledRejection",
    "warning",
  ]) {
    counts[`on ${event}`] = process.listenerCount(event);
  }
  return counts;
}

/** What there is more of than before, once there was time to settle. */
async function moreThan(
  before: Readonly<Record<string, number>>,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const more = (): [string, number][] =>
    Object.entries(leftovers(signal))
      .map(([name, count]): [string, number] => [name, count - (before[name] ?? 0)])
      .filter(([, count]) => count > 0);
  const end = performance.now() + 5000;
  while (more().length > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  return Object.fromEntries(more());
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapMegabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Runs `cycle` so many times, some at once. */
async function repeat(times: number, atOnce: number, cycle: (i: number) => Promise<unknown>): Promise<void> {
  let left = times;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await cycle(left);
    }),
  );
}

test("10,000 times connect and close leave no handle, no timer and no listener", { timeout: 120_000 }, async () => {
  // Keeps no record of anything, as the heap is looked at.
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end('{"gitVersion":"v1.36.3"}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const plain = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const real = await held(startFaultProxy(controlPlane().server));
  const stop = new AbortController();
  const { signal } = stop;

  const useOnce = async (options: ConnectOptions): Promise<void> => {
    const cluster = await connect(options);
    await cluster.version({ signal });
    await cluster.close();
  };
  const abandoned = async (options: ConnectOptions): Promise<void> => {
    const cluster = await connect(options);
    const watch = cluster.api(CoreV1).namespaces.watch({ signal })[Symbol.asyncIterator]();
    await watch.next();
    const pending = failureOf(cluster.api(CoreV1).namespaces.list({ signal }));
    const rest = failureOf(
      (async () => {
        while (!(await watch.next()).done);
      })(),
    );
    await cluster.close();
    // Either answered before or failed by the close.
    await Promise.allSettled([pending, rest]);
  };
  // What loads once, and keep-alive of the servers here, must not count.
  await useOnce({ server: plain, token: async () => "x" });
  await useOnce(asAdmin(real.url));
  await until(() => real.open === 0);
  const before = leftovers(signal);
  const began = performance.now();
  const heapBefore = heapMegabytes();

  await repeat(8500, 10, () => useOnce({ server: plain, token: async () => "x" }));
  await repeat(1000, 5, () => useOnce({ ...asAdmin(real.url), token: async () => controlPlane().admin.token }));
  await repeat(500, 5, (i) => abandoned({ ...asAdmin(real.url), protocol: i % 2 === 0 ? "auto" : "http/1.1" }));

  await until(() => real.open === 0, 10_000);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  expect(await moreThan(before, signal)).toEqual({});
  const grown = heapMegabytes() - heapBefore;
  measured("10,000 times connect and close", `${seconds} s, live heap +${grown.toFixed(1)} MB`);
  expect(grown).toBeLessThan(20);
  server.close();
});

test("dials that fail leave nothing either: refused, by a proxy, in the handshake, by a timeout", async () => {
  const silent = await held(startFaultProxy(controlPlane().server));
  silent.blackHole();
  const proxy = await held(startHttpProxy({ login: { username: "u", password: "p" } }));
  const gone = await held(startFaultProxy(controlPlane().server));
  await gone.refuse();
  const { signal } = new AbortController();
  const wrongCa = { ...asAdmin(), ca: undefined };
  const failing: readonly ConnectOptions[] = [
    asAdmin(gone.url),
    { ...asAdmin(), proxyUrl: `http://${proxy.hostPort}` },
    wrongCa,
    asAdmin(silent.url),
  ];
  const attempt = async (options: ConnectOptions): Promise<void> => {
    const cluster = await connect(options);
    await failureOf(cluster.version({ signal, timeoutMs: 200 }));
    await cluster.close();
  };
  for (const options of failing) await attempt(options);
  await until(() => proxy.open === 0);
  const before = leftovers(signal);
  await repeat(200, 8, (i) => attempt(failing[i % failing.length] as ConnectOptions));
  // The silent server's ends are in this process as well; it hears of the clients' ends when it is healed.
  await silent.heal();
  await until(() => silent.open === 0);
  expect(await moreThan(before, signal)).toEqual({});
});
